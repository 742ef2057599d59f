import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '#libs/testing';
import { makeToken } from '../../apps/gateway/src/identity/access-token.js';
import { Client, hookPath, newOrganisation, type Organisation, ownerOf, productOf } from './client.js';
import { Laptop } from './command-line.js';
import { auditedGuesses, inParallel } from './counted-guesses.js';
import { OAuthFlow } from './oauth-flow.js';
import { type Replica, startReplica } from './replica.js';

/** What is promised of every replica. */
const REVOKED_WITHIN_MS = 5_000;
const GUESSES = Number(process.env.TOKENS_TEST_GUESSES ?? 1_000);
const ADDRESSES = GUESSES / 100;
const SHOP = '/api/v1/workspaces/acme/projects/shop';
const WARES = '/api/v1/workspaces/acme/projects/wares';

interface Token { token_id: string; token: string; state: string; expires_at: string; scopes: string[]; last_used_at: string | null; last_used_from: string | null; revoked_reason: string | null; rotated_to: string | null }

const product = productOf('services');
let replicas: Replica[];
let organisation: Organisation;
let owner: Client;
/** Secrets that were used, by any test here. */
const used: string[] = [];

beforeAll(async () => {
  // Behind a proxy, so that one machine can be many addresses.
  [organisation, ...replicas] = await Promise.all([newOrganisation('services'), ...[0, 1].map(() => startReplica('gateway', product, { AI_MEMORY_TRUSTED_PROXIES: '127.0.0.1', AI_MEMORY_PUBLIC_URL: product.url }))]);
  owner = organisation.owner;
  used.push(owner.token!);
  for (const project of [SHOP, WARES]) {
    await owner.send('PUT', project);
    await owner.send('PUT', `${project}/pages/notes/a.md`, { body: 'Words' });
  }
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
});

async function newToken(body: object = {}, by = owner): Promise<Token> {
  const answer = await by.post<{ token: Token }>('/api/v1/tokens', { name: 'test', ...body });
  expect(answer.status, answer.text).toBe(201);
  used.push(answer.json.token.token);
  return answer.json.token;
}

const at = (replica: Replica, token: string | undefined) => new Client(replica.url, token);
const event = (client: Client) => client.post(hookPath('claude-code', 'UserPromptSubmit', '&workspace=acme&project=shop'), { session_id: 'of-a-token', prompt: 'Go on' });

async function tokenRow(tokenId: string): Promise<Token> {
  const { json } = await owner.get<{ tokens: Token[] }>('/api/v1/tokens');
  return json.tokens.find((each) => each.token_id === tokenId)!;
}

/** On every replica, by a read and by an event, which may be answered from memory. */
async function statuses(token: string): Promise<number[]> {
  const clients = [new Client(product.url, token), ...replicas.map((replica) => at(replica, token))];
  return (await Promise.all(clients.map(async (client) => [(await client.get('/api/v1/token')).status, (await event(client)).status]))).flat();
}

describe('is refused on every replica within seconds: a token', () => {
  it.each([
    ['that was revoked', async ({ token_id }: Token) => owner.send('DELETE', `/api/v1/tokens/${token_id}?reason=lost+laptop`), 'lost laptop'],
    ['that was rotated without an overlap', async ({ token_id }: Token) => owner.post(`/api/v1/tokens/${token_id}/rotate`, { overlap_hours: 0 }), null],
  ])('%s', async (_how, end, reason) => {
    const token = await newToken();
    expect(await statuses(token.token)).toEqual([200, 202, 200, 202, 200, 202]);
    expect((await end(token)).status).toBeLessThan(300);
    await eventually(async () => expect(await statuses(token.token)).toEqual([401, 401, 401, 401, 401, 401]), REVOKED_WITHIN_MS);
    expect((await tokenRow(token.token_id)).revoked_reason).toBe(reason);
  });

  it('of a service account that was disabled', async () => {
    const account = (await owner.post<{ service_account: { user_id: string; kind: string; created_by: string } }>('/api/v1/service-accounts', { name: 'ci' })).json.service_account;
    expect(account).toMatchObject({ kind: 'service', created_by: expect.any(String) });
    const token = await newToken({ user_id: account.user_id });
    expect(token.token).toMatch(/^mem_svc_/);
    expect(await statuses(token.token)).toEqual([200, 202, 200, 202, 200, 202]);
    await owner.send('DELETE', `/api/v1/service-accounts/${account.user_id}`);
    await eventually(async () => expect(await statuses(token.token)).toEqual([401, 401, 401, 401, 401, 401]), REVOKED_WITHIN_MS);
    expect(await tokenRow(token.token_id)).toMatchObject({ state: 'revoked', revoked_reason: 'service account disabled' });
  });
});

it('is refused on every replica within seconds: an agent whose user ends its connection', async () => {
  const [operator, { access }] = [ownerOf('services'), await new OAuthFlow(product.url, product.token).tokens()];
  used.push(access);
  const answers = (): Promise<number[]> => Promise.all([product.url, ...replicas.map(({ url }) => url)].map(async (url) => (await new OAuthFlow(url, '').mcp(access)).status));
  expect(await answers()).toEqual([200, 200, 200]);
  const { json } = await operator.get<{ connections: { connection_id: string }[] }>('/api/v1/connections');
  await operator.send('DELETE', `/api/v1/connections/${json.connections[0]!.connection_id}`);
  await eventually(async () => expect(await answers()).toEqual([401, 401, 401]), REVOKED_WITHIN_MS);
});

describe('ends an answer in its middle, at another replica than where that is said, when', () => {
  const exported = (replica: Replica, token: string) => fetch(`${replica.url}${WARES}/export`, { headers: { authorization: `Bearer ${token}` } });
  const scim = (userId: string) => owner.send('PATCH', `/scim/v2/Users/${userId}`, JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'active', value: false }] }), { 'content-type': 'application/scim+json' });

  beforeAll(async () => {
    for (let index = 0; index < 40; index += 1) await owner.send('PUT', `${WARES}/pages/bulk/${index}.md`, { body: randomBytes(180_000).toString('base64') });
    await owner.send('PUT', `${WARES}/visibility`, { visibility: 'restricted' });
    return () => owner.send('PUT', `${WARES}/visibility`, { visibility: 'open' });
  });

  it.each([
    ['its token is revoked', ({ token_id }: Token) => owner.send('DELETE', `/api/v1/tokens/${token_id}`), 401],
    ['its grant is removed', (_token: Token, _userId: string, grantId: string) => owner.send('DELETE', `${WARES}/grants/${grantId}`), 404],
    ['its user is disabled', (_token: Token, userId: string) => owner.post(`/api/v1/users/${userId}/disable`, undefined), 401],
    ['a directory deactivates its user', (_token: Token, userId: string) => scim(userId), 401],
  ])('%s', async (_when, end, status) => {
    const name = `reader ${randomUUID()}`;
    const { user } = (await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name, email: 'reader@example.com' })).json;
    const { grant } = (await owner.send<{ grant: { grant_id: string } }>('PUT', `${WARES}/grants`, { user: name, level: 'read' })).json;
    const token = await newToken({ user_id: user.user_id });
    const replica = replicas[0]!;
    const finished = async (): Promise<number> => Number(/http_requests_total\{method="GET",route="[^"]*export",status="200"[^}]*\} (\d+)/.exec((await at(replica, undefined).get('/metrics')).text)?.[1] ?? 0);
    const before = await finished();
    const answer = await exported(replica, token.token);
    expect(answer.status).toBe(200);
    expect((await end(token, user.user_id, grant.grant_id)).status).toBeLessThan(300);
    // Nobody reads: more than the sockets hold waits at the server, which gives it up.
    await eventually(async () => expect(await finished()).toBe(before + 1), REVOKED_WITHIN_MS);
    await expect(Readable.fromWeb(answer.body as never).toArray()).rejects.toThrow();
    expect((await exported(replica, token.token)).status).toBe(status);
  });
});

describe('a token may do', () => {
  const pageOf = (project: string) => `${project}/pages/notes/a.md`;
  const calls: Record<string, (client: Client) => Promise<{ status: number }>> = {
    read: (client) => client.get(pageOf(SHOP)),
    'read elsewhere': (client) => client.get(pageOf(WARES)),
    write: (client) => client.send('PUT', `${SHOP}/pages/notes/${randomUUID()}.md`, { body: 'Words' }),
    capture: (client) => event(client),
    people: (client) => client.get('/api/v1/users'),
  };

  it.each([
    ['all that its user may, unless told', {}, [200, 200, 201, 202, 200]],
    ['nothing but read', { read_only: true }, [200, 200, 403, 403, 403]],
    ['nothing but capture', { scopes: ['ingest:write'] }, [403, 403, 403, 202, 403]],
    ['nothing but pages', { scopes: ['memory:read', 'pages:write'] }, [200, 200, 201, 403, 403]],
    ['one part of what admins do', { scopes: ['admin:people'] }, [403, 403, 403, 403, 200]],
    ['everything in one project alone', { projects: [{ workspace: 'acme', project: 'shop' }] }, [200, 404, 201, 202, 403]],
  ])('%s', async (_what, wishes, expected) => {
    const client = new Client(owner.url, (await newToken(wishes)).token);
    const answers = [];
    for (const call of Object.values(calls)) answers.push((await call(client)).status);
    expect(answers).toEqual(expected);
  });

  it('no more than the one that it is made or rotated with', async () => {
    const wide = await newToken();
    const narrow = new Client(owner.url, (await newToken({ scopes: ['memory:read', 'pages:write'], projects: [{ workspace: 'acme', project: 'shop' }] })).token);
    const make = async (body: object) => (await narrow.post<{ code: string; token: Token }>('/api/v1/tokens', { name: 'child', ...body })).json;
    expect([await make({ scopes: ['admin:*'] }), await make({ scopes: ['git'] }), await make({ projects: [{ workspace: 'acme', project: 'wares' }] })].map(({ code }) => code)).toEqual(['token.exceeded', 'token.exceeded', 'not-found']);
    expect((await make({})).token).toMatchObject({ scopes: ['memory:read', 'pages:write'], projects: [{ workspace: 'acme', project: 'shop' }] });
    expect((await narrow.post<{ code: string }>(`/api/v1/tokens/${wide.token_id}/rotate`, {})).json.code).toBe('token.exceeded');
  });
});

describe('the life of a token', () => {
  it('goes on in another secret, the old one until the overlap ends', async () => {
    const old = await newToken({ scopes: ['memory:read'] });
    const { token: next } = (await owner.post<{ token: Token }>(`/api/v1/tokens/${old.token_id}/rotate`, { overlap_hours: 2 })).json;
    used.push(next.token);
    for (const { token } of [old, next]) expect((await new Client(owner.url, token).get('/api/v1/token')).status).toBe(200);
    const row = await tokenRow(old.token_id);
    expect([row.state, row.rotated_to, next.scopes]).toEqual(['rotated', next.token_id, ['memory:read']]);
    expect(Date.parse(row.expires_at)).toBeLessThanOrEqual(Date.now() + 2 * 3_600_000);
    expect((await owner.post<{ code: string }>(`/api/v1/tokens/${old.token_id}/rotate`, {})).json.code).toBe('token.ended');
    expect((await owner.post(`/api/v1/tokens/${next.token_id}/rotate`, { overlap_hours: 25 })).status).toBe(400);
  });

  it('is as long as the organisation lets it', async () => {
    const policy = { days_max: 30, may_never_expire: false };
    expect((await owner.send('PUT', '/api/v1/token-policy', policy)).json).toEqual({ policy });
    expect((await owner.post<{ detail: string }>('/api/v1/tokens', { name: 'long', expires_in_days: 31 })).json.detail).toContain('at most 30 days');
    expect((await owner.post<{ detail: string }>('/api/v1/tokens', { name: 'ever', expires_in_days: null })).json.detail).toContain('wants every token to expire');
    expect(Date.parse((await newToken()).expires_at)).toBeLessThanOrEqual(Date.now() + 30 * 86_400_000);
    await owner.send('PUT', '/api/v1/token-policy', { days_max: 366, may_never_expire: true });
    expect((await newToken({ expires_in_days: null })).expires_at).toBeNull();
  });

  it('is known: when it was last used, and from where', async () => {
    const token = await newToken();
    await at(replicas[0]!, token.token).get('/api/v1/token', { 'x-forwarded-for': '198.51.100.7' });
    await eventually(async () => expect(await tokenRow(token.token_id)).toMatchObject({ last_used_from: '198.51.100.7', last_used_at: expect.any(String) }), 30_000);
  });

  it("is its user's to see and to end, and nobody else's", async () => {
    const { user } = (await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'member', email: 'member@example.com' })).json;
    const [mine, others] = [await newToken({ user_id: user.user_id }), await newToken()];
    const member = new Client(owner.url, mine.token);
    expect((await member.get<{ tokens: Token[] }>('/api/v1/tokens')).json.tokens.map(({ token_id }) => token_id)).toEqual([mine.token_id]);
    expect([(await member.send('DELETE', `/api/v1/tokens/${others.token_id}`)).status, (await member.post(`/api/v1/tokens/${others.token_id}/rotate`, {})).status]).toEqual([404, 404]);
    expect((await member.post('/api/v1/service-accounts', { name: 'robot' })).status).toBe(403);
    expect((await member.send('DELETE', `/api/v1/tokens/${mine.token_id}`)).status).toBe(200);
    expect((await member.get('/api/v1/token')).status).toBe(401);
  });
});

describe(`${GUESSES} guesses from ${ADDRESSES} addresses`, () => {
  const [mine, theirs] = ['203.0.113.1', '198.51.100.200'];
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const outcomes = new Map<number, number>();
  const begunAt = new Date().toISOString();
  let before: number;
  let client: Client;

  const failures = async (): Promise<number> => {
    const { text } = await at(replicas[0]!, undefined).get('/metrics');
    return [...text.matchAll(/^auth_failures_total\{[^}]*\} (\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  };

  beforeAll(async () => {
    client = at(replicas[0]!, (await newToken()).token);
    before = await failures();
    expect((await client.get('/api/v1/token', from(mine))).status).toBe(200);
    const guess = async (index: number): Promise<void> => {
      const token = index % 2 ? makeToken('pat') : `mem_pat_${randomBytes(15).toString('hex')}_000000`;
      const { status } = await at(replicas[0]!, token).get('/api/v1/token', from(`203.0.113.${index % ADDRESSES}`));
      outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
    };
    await inParallel(GUESSES, 32, guess);
  });

  it('get nowhere: after twenty from an address they are not even looked at', () => {
    expect([...outcomes.keys()].sort()).toEqual([401, 429]);
    expect(outcomes.get(401)! + outcomes.get(429)!).toBe(GUESSES);
    expect(outcomes.get(401)).toBeLessThan(ADDRESSES * 60);
  });

  it('stand in the metrics, each of them, and in the audit log, counted together', async () => {
    expect(await failures()).toBe(before + GUESSES);
    // Ten entries a gateway and ten seconds at most.
    await eventually(async () => expect(await auditedGuesses(ownerOf('services'), `&from=${begunAt}`)).toEqual({ guesses: expect.toSatisfy((count: number) => count >= GUESSES), entries: expect.toSatisfy((count: number) => count < 200) }), 30_000);
  });

  it('shut out who is new at such an address, there and at another replica, and say for how long', async () => {
    const fresh = (await newToken()).token;
    await Promise.all(Array.from({ length: 30 }, () => at(replicas[0]!, makeToken('pat')).get('/api/v1/token', from(mine))));
    for (const replica of replicas) {
      const answer = await eventually(async () => {
        const answer = await at(replica, fresh).get<{ code: string }>('/api/v1/token', from(mine));
        expect(answer.status).toBe(429);
        return answer;
      });
      expect(answer.json.code).toBe('auth.too-many-guesses');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await at(replica, fresh).get('/api/v1/token', from(theirs))).status).toBe(200);
    }
  });

  it('leave alone whoever was known there before', async () => {
    expect((await client.get('/api/v1/token', from(mine))).status).toBe(200);
  });
});

it('is made, told of, rotated and revoked from the command line, which never shows or takes it where others see it', async () => {
  const admin = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! });
  const machine = new Laptop();
  const made = await admin.run(['token', 'create', 'machine', '--scope', 'memory:read', 'ingest:write', '--in', 'acme/shop', '--days', '3', '--to', 'token.txt']);
  const file = join(admin.homeDir, 'token.txt');
  const token = readFileSync(file, 'utf8').trim();
  expect([made.code, statSync(file).mode & 0o777, made.stdout + made.stderr]).toEqual([0, 0o600, expect.not.stringContaining(token)]);
  await machine.ask(['login', '--server-url', owner.url, '--token', '-'], { input: token });
  expect((await machine.run(['doctor'])).stdout).toContain('the token ends in 2 days');
  const rotated = await machine.run(['token', 'rotate', '--overlap-hours', '0']);
  const next = readFileSync(join(machine.homeDir, '.ai-memory', 'token'), 'utf8').trim();
  used.push(token, next);
  expect([rotated.code, next === token, rotated.stdout]).toEqual([0, false, expect.not.stringContaining(next)]);
  const { tokens } = await machine.ask<{ tokens: Token[] }>(['token', 'list']);
  expect(tokens.find(({ state }) => state === 'active')).toBeDefined();
  const { token_id: id } = (await new Client(owner.url, next).get<{ token: Token }>('/api/v1/token')).json.token;
  const pasted = await admin.run(['token', 'revoke', next]);
  expect([pasted.code, pasted.stderr]).toEqual([2, expect.stringContaining(`The token mem_pat_…${next.slice(-4)} stands on the command line`)]);
  await admin.ask(['token', 'revoke', id]);
  expect((await machine.run(['token', 'list'])).code).toBe(4);
});

it('leaves no token in a log or a span', async () => {
  const last = (await at(replicas[0]!, owner.token).get('/api/v1/status')).headers.get('x-trace-id')!;
  const spans = await eventually(async () => {
    const text = await (await fetch(`${inject('otlpUrl')}/spans`)).text();
    expect(text).toContain(last);
    return text;
  });
  const logged = replicas.map((replica) => replica.output()).join('\n');
  expect(logged).toContain('An address guesses secrets');
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((token) => logged.includes(token) || spans.includes(token))).toEqual([]);
});
