import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bus, InProcessTransport } from '#libs/bus';
import { BeginHandoff, type Page, ReadPage, ReadSession, type RequestContract, WritePages } from '#libs/contracts';
import { defineFault, Fault, NOT_FOUND } from '#libs/faults';
import { renderMetrics, setLogLevel, startMetrics, startTracing } from '#libs/telemetry';
import { accessOfRole, scopeOfCredential } from '#libs/tenancy';
import { TOKEN_INVALID } from '../auth/auth.faults.js';
import { Refusals } from '../audit/refusals.service.js';
import { AuthenticationService } from '../auth/authentication.service.js';
import { BearerStrategy } from '../auth/bearer.strategy.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { OpenAnswers } from '../auth/open-answers.service.js';
import { SessionRecogniser } from '../auth/session.recogniser.js';
import { GATEWAY_CONFIG, GatewayConfig } from '../gateway.config.js';
import { TokensService } from '../identity/tokens.service.js';
import { LimitsService } from '../limits/limits.service.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { API_CONTROLLERS } from './api-controllers.js';
import { HttpModule } from './http.module.js';
import { OpenApiController } from './openapi.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { securityHeaders } from './security-headers.middleware.js';
import { traced } from './tracing.middleware.js';

const [ORGANISATION, USER, PROJECT, VERSION, ABSENT] = [1, 2, 3, 4, 9].map((last) => `00000000-0000-4000-8000-00000000000${last}`) as [string, string, string, string, string];
const PAGES = '/api/v1/workspaces/acme/projects/shop/pages';
const SCOPE = { workspace: 'acme', project: 'shop' };

const REF: ProjectRef = { organisationId: ORGANISATION, workspaceId: ORGANISATION, ...SCOPE, projectId: PROJECT, identity: null, visibility: 'open', createdAt: '2026-01-01T00:00:00.000Z' };
const PAGE: Page = {
  projectId: PROJECT, path: 'notes/a.md', pageId: VERSION, title: 'A', kind: 'note', tier: 'semantic', isPinned: false, tags: [], summary: null,
  updatedAt: '2026-01-01T00:00:00.000Z', author: 'ann', agent: null, sessionId: null, commit: 'c'.repeat(40), bytes: 1, trust: 'user', body: 'x', frontmatter: {}, links: [], backlinks: [],
};

const transport = new InProcessTransport();
const asked: { subject: string; input: unknown }[] = [];
const forgotten: string[] = [];

/** Stands in for the app that serves a request; a fault it throws travels as one. */
function serve<C extends RequestContract>(contract: C, answer: (input: Record<string, unknown>) => unknown): void {
  transport.serve(contract.subject, async ({ subject, body }) => {
    asked.push({ subject, input: body });
    try {
      return { ok: true, value: answer(body as Record<string, unknown>) };
    } catch (error) {
      const { code, kind, sentence } = error as Fault;
      return { ok: false, fault: { code, kind, sentence } };
    }
  });
}

const authentication = {
  ofToken: async (token: string) => {
    if (token !== 'good') throw new Fault(TOKEN_INVALID);
    return { scope: scopeOfCredential(ORGANISATION, { type: 'user', userId: USER, name: 'ann', email: 'ann@example.org', role: 'owner', isOperator: false }, accessOfRole('owner')), organisation: 'acme-org' };
  },
  forget: () => forgotten.push('all'),
};
const projects = {
  listWorkspaces: async () => [{ workspaceId: ORGANISATION, workspace: 'acme', projects: 1, createdAt: REF.createdAt }],
  listProjects: async () => {
    throw new Error('canary in SQL');
  },
  findProject: async (_scope: unknown, workspace: string, project: string) => {
    if (workspace !== 'acme' || project !== 'shop') throw new Fault(NOT_FOUND);
    return REF;
  },
};
const REVOKED = {
  token_id: VERSION, user_id: USER, kind: 'pat', name: 't', prefix: 'mem_pat_', last_four: 'abcd', scopes: ['git'], projects: null, created_at: new Date(0), created_by: USER, expires_at: null, rotated_at: null, rotated_to: null,
  revoked_at: new Date(1), revoked_by: USER, revoked_reason: null, last_used_at: null, last_used_from: null,
};

/** What controllers are given, of which these tests need but a few. */
function askedFor(controllers: readonly Type[]): Type[] {
  return [...new Set(controllers.flatMap((controller) => (Reflect.getMetadata('design:paramtypes', controller) ?? []) as Type[]))];
}

@Module({
  // A subclass inherits what it does not name.
  imports: [],
  controllers: [...API_CONTROLLERS, OpenApiController],
  providers: [
    ...askedFor(API_CONTROLLERS).map((provide) => ({ provide, useValue: {} })),
    { provide: APP_FILTER, useClass: ProblemFilter }, BearerStrategy, CallerGuard, { provide: SessionRecogniser, useValue: { recognise: async () => null } },
    { provide: GATEWAY_CONFIG, useValue: GatewayConfig.parse({ AI_MEMORY_REQUIRE_AUTH: '1' }) }, { provide: Bus, useValue: new Bus(transport) },
    { provide: AuthenticationService, useValue: authentication }, { provide: ProjectsService, useValue: projects },
    { provide: TokensService, useValue: { revoke: async () => REVOKED } }, OpenAnswers,
    { provide: LimitsService, useValue: { admit: async () => ({ shares: [] }), sharesOf: () => [] } }, { provide: Refusals, useValue: { note: () => undefined } },
  ],
})
class FakedModule extends HttpModule {}

let app: NestExpressApplication;
let base: string;
let tracing: { stop(): Promise<void> };

beforeAll(async () => {
  setLogLevel('silent');
  startMetrics('http-spec');
  tracing = startTracing('http-spec', undefined);
  serve(ReadPage, ({ path }) => {
    if (path === 'notes/a.md') return { page: PAGE };
    throw new Fault(NOT_FOUND);
  });
  serve(ReadSession, () => {
    throw new Fault(NOT_FOUND);
  });
  serve(WritePages, ({ pages, deletes }) => {
    const [write] = [...(pages as { path: string; expectedPageId?: string }[]), ...((deletes ?? []) as { path: string }[])];
    if (write && 'expectedPageId' in write && write.expectedPageId === ABSENT) throw new Fault(defineFault('wiki.page.precondition-failed', 'conflict', 'Changed.'));
    return { commit: PAGE.commit, pages: [{ path: write!.path, pageId: VERSION, outcome: 'written', isNew: write!.path === 'notes/b.md' }] };
  });
  await transport.open();
  app = await NestFactory.create<NestExpressApplication>(FakedModule as Type, { logger: false, bodyParser: false, abortOnError: false });
  app.use(traced, securityHeaders(false));
  await app.listen(0, '127.0.0.1');
  base = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await tracing.stop();
});
beforeEach(() => {
  asked.length = 0;
});

function call(method: string, path: string, init: { body?: unknown; headers?: Record<string, string>; token?: string | null } = {}): Promise<Response> {
  const authorization = init.token === null ? {} : { authorization: `Bearer ${init.token ?? 'good'}` };
  const body = init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) };
  return fetch(base + path, { method, ...body, headers: { ...authorization, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers } });
}

async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await answer.json()) as Record<string, unknown>;
}

describe('the door', () => {
  it('serves exactly the routes of the OpenAPI document', async () => {
    const { paths } = (await (await call('GET', '/openapi.json', { token: null })).json()) as { paths: Record<string, object> };
    const documented = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`));
    const layers = app.getHttpAdapter().getInstance().router.stack as { route?: { path: string; methods: Record<string, boolean> } }[];
    const served = layers.flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/[:*](\w+)/g, '{$1}')}`) : []));
    expect(served.filter((each) => each.includes(' /api/v1/')).sort()).toEqual(documented.sort());
    expect(documented.length).toBeGreaterThan(20);
  });

  it('asks for a token on every route of the API', async () => {
    const { paths } = (await (await call('GET', '/openapi.json', { token: null })).json()) as { paths: Record<string, object> };
    for (const [path, item] of Object.entries(paths)) {
      for (const method of Object.keys(item)) {
        const answer = await call(method.toUpperCase(), path.replaceAll(/[{}]/g, ''), { token: null });
        expect(await problemOf(answer), `${method} ${path}`).toMatchObject({ status: 401, code: 'auth.token-missing' });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('refuses a wrong token', async () => {
    expect(await problemOf(await call('GET', '/api/v1/status', { token: 'bad' }))).toMatchObject({ status: 401, code: 'auth.token-invalid' });
  });

  it('tells who the caller is', async () => {
    const answer = await call('GET', '/api/v1/status');
    expect(await answer.json()).toMatchObject({ organisation: 'acme-org', user: { name: 'ann', role: 'owner' }, counts: { workspaces: 1, projects: 1 } });
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('continues the trace of the caller and names it in its answer', async () => {
    const traceId = 'a'.repeat(32);
    const answer = await call('GET', '/api/v1/nowhere', { headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` } });
    expect(answer.headers.get('x-trace-id')).toBe(traceId);
    expect(await problemOf(answer)).toMatchObject({ trace_id: traceId });
  });

  it('counts requests by route, never by what was asked for', async () => {
    await call('GET', `${PAGES}/notes/a.md?at=${'d'.repeat(40)}`);
    await call('GET', '/api/v1/canary');
    const metrics = await renderMetrics();
    expect(metrics).toMatch(/^http_requests_total\{method="GET",route="\/api\/v1\/workspaces\/:workspace\/projects\/:project\/pages\/\*path",status="200".*\} \d+/m);
    expect(metrics).toMatch(/^http_requests_total\{method="GET",route="unmatched",status="404".*\} \d+/m);
    expect(metrics).toMatch(/^http_request_duration_seconds_bucket\{/m);
    expect(metrics).not.toMatch(/canary|acme|dddd/);
  });

  it('sends headers that keep browsers from guessing, on failures too', async () => {
    for (const path of ['/openapi.json', '/nowhere', '/api/v1/status']) {
      const { headers } = await call('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('a failure', () => {
  it.each<[string, string, string, { body?: unknown; headers?: Record<string, string> }, number, string]>([
    ['unknown route', 'GET', '/api/v1/nowhere', {}, 404, 'http.route-unknown'],
    ['unknown method', 'PATCH', '/api/v1/status', {}, 404, 'http.route-unknown'],
    ['unknown query name', 'GET', `${PAGES}?lim=1`, {}, 400, 'input.invalid'],
    ['bad percent-encoding', 'GET', `${PAGES}/%zz`, {}, 400, 'http.url-invalid'],
    ['NUL in a path', 'GET', `${PAGES}/a%00.md`, {}, 400, 'input.invalid'],
    ['NUL in the name of a project', 'GET', '/api/v1/workspaces/acme/projects/a%00/pages', {}, 404, 'not-found'],
    ['NUL in the name of a workspace', 'PUT', '/api/v1/workspaces/%00/projects/other/pages/a.md', { body: '{"body":""}' }, 404, 'not-found'],
    ['id that is none', 'GET', '/api/v1/sessions/42', {}, 400, 'input.invalid'],
    ['absent session', 'GET', `/api/v1/sessions/${ABSENT}`, {}, 404, 'not-found'],
    ['absent project', 'GET', '/api/v1/workspaces/acme/projects/other/pages', {}, 404, 'not-found'],
    ['text that is not JSON', 'PUT', `${PAGES}/a.md`, { body: '{nope' }, 400, 'http.json-invalid'],
    ['JSON of another type', 'PUT', `${PAGES}/a.md`, { body: '[1]' }, 400, 'input.invalid'],
    ['deeply nested JSON', 'PUT', `${PAGES}/a.md`, { body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }, 400, 'input.invalid'],
    ['no JSON at all', 'PUT', `${PAGES}/a.md`, { body: 'x', headers: { 'content-type': 'text/plain' } }, 400, 'http.json-needed'],
    ['unknown charset', 'PUT', `${PAGES}/a.md`, { body: '{}', headers: { 'content-type': 'application/json; charset=klingon' } }, 400, 'http.body-unreadable'],
    ['unknown encoding', 'PUT', `${PAGES}/a.md`, { body: '{}', headers: { 'content-encoding': 'klingon' } }, 400, 'http.body-unreadable'],
    ['too large a body', 'PUT', `${PAGES}/a.md`, { body: 'x'.repeat(11_000_000) }, 413, 'http.body-too-large'],
    ['too large a page', 'PUT', `${PAGES}/a.md`, { body: { body: 'x'.repeat(300_000) } }, 413, 'http.body-too-large'],
    ['half a scope', 'GET', '/api/v1/search?q=x&project=shop', {}, 400, 'project.scope-needed'],
    ['an app that is not there', 'GET', `${PAGES}?limit=1`, {}, 503, 'unavailable'],
    ['a defect of ours', 'GET', '/api/v1/projects', {}, 500, 'internal'],
  ])('is a problem: %s', async (_name, method, path, init, status, code) => {
    const answer = await call(method, path, init);
    expect(answer.status).toBe(status);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status, code });
    expect(JSON.stringify(problem)).not.toMatch(/canary|node_modules|Error/);
  });
});

describe('a page', () => {
  it('is answered with its scope and version, and not again to who says that they have it: no browser says so by itself', async () => {
    const answer = await call('GET', `${PAGES}/notes/a.md`);
    expect(await answer.json()).toMatchObject({ scope: SCOPE, page: { path: 'notes/a.md', page_id: VERSION, body: 'x' } });
    const etag = answer.headers.get('etag')!;
    expect([etag, answer.headers.get('cache-control')]).toEqual([`"${VERSION}"`, 'no-store']);
    const again = await call('GET', `${PAGES}/notes%2Fa.md`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it.each<[string, string, Record<string, string>, number, object]>([
    ['that exists', 'notes/a.md', {}, 200, { isCreateOnly: false }],
    ['that is new', 'notes/b.md', {}, 201, { isCreateOnly: false }],
    ['of one version', 'notes/a.md', { 'if-match': `"${VERSION}"` }, 200, { expectedPageId: VERSION }],
    ['of a version that a proxy weakened', 'notes/a.md', { 'if-match': `W/"${VERSION}"` }, 200, { expectedPageId: VERSION }],
    ['only if it is new', 'notes/b.md', { 'if-none-match': '*' }, 201, { isCreateOnly: true }],
  ])('is written: one %s', async (_name, path, headers, status, write) => {
    const answer = await call('PUT', `${PAGES}/${path}`, { body: { body: 'text', pinned: true }, headers });
    expect([answer.status, answer.headers.get('etag')]).toEqual([status, `"${VERSION}"`]);
    expect(await answer.json()).toMatchObject({ scope: SCOPE, path, page_id: VERSION, outcome: 'written' });
    expect(asked.at(-1)!.input).toMatchObject({
      projectName: 'acme/shop', author: { name: 'ann', email: 'ann@example.org' }, pages: [{ path, body: 'text', frontmatter: { pinned: true }, ...write }],
    });
  });

  it.each([
    ['PUT', { 'if-match': `"${ABSENT}"` }, 409, 'wiki.page.precondition-failed'],
    ['PUT', { 'if-match': '*' }, 400, 'input.invalid'],
    ['PUT', { 'if-none-match': `"${VERSION}"` }, 400, 'input.invalid'],
    ['DELETE', { 'if-match': `"${ABSENT}"` }, 409, 'wiki.page.precondition-failed'],
  ])('is left alone by %s where %j does not hold', async (method, headers, status, code) => {
    const answer = await call(method, `${PAGES}/notes/a.md`, { headers, ...(method === 'PUT' ? { body: { body: 'text' } } : {}) });
    expect(await problemOf(answer)).toMatchObject({ status, code });
  });

  it('is redacted before it leaves the gateway', async () => {
    const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    await call('PUT', `${PAGES}/notes/a.md`, { body: { body: `use ${secret}`, title: secret, tags: [secret] } });
    expect(asked.at(-1)!.subject).toBe(WritePages.subject);
    expect(JSON.stringify(asked)).not.toContain(secret);
  });
});

it('redacts a handoff before it leaves the gateway', async () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  serve(BeginHandoff, () => {
    throw new Fault(NOT_FOUND);
  });
  await call('POST', '/api/v1/workspaces/acme/projects/shop/handoffs', { body: { summary: `use ${secret}`, next_steps: [secret] } });
  expect(asked.at(-1)!.input).toMatchObject({ projectId: PROJECT, isShared: false });
  expect(JSON.stringify(asked)).not.toContain(secret);
});

it('forgets what it knew of tokens when one is revoked', async () => {
  const answer = await call('DELETE', `/api/v1/tokens/${VERSION}`);
  expect(await answer.json()).toMatchObject({ token: { token_id: VERSION, revoked_at: '1970-01-01T00:00:00.001Z' } });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(forgotten).toEqual(['all']);
});
