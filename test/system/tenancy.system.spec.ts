import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { ROUTES } from '../access/surfaces.js';
import { type Answer, Client, hookPath, ownerOf, productOf, recordedSession } from './client.js';
import { masked, textOf } from './masked-answer.js';
import { TOPOLOGIES, type Topology } from './product.js';
import { type Place, query, REPLAYS } from './replay.js';
import { API, at, type Call, CWD, form, get, mcp, PASSWORD, post, put, tool } from './tenancy-calls.js';
import { type Ids, MATRIX, type Organisation, PAGES, SHOP } from './tenancy-matrix.js';

/** Its own log and usage, exports that have them, and the handoffs of all projects, of which its own sessions claim. */
const COUNTING = /\/(audit|usage|data)(\/|$)|v1\/handoffs$/;

/** What an owner can't do here with what there is, and specs of its own do: pages of sign-in, what only the operator may, erasures, models, webhooks, edits over others'. */
const NOT_DONE = [
  ...ROUTES.filter(({ permissions }) => permissions.includes('operator')).map(({ name }) => name),
  'ALL /oauth/{*rest}', 'GET /oauth/interaction/:uid', 'POST /oauth/interaction/:uid', 'POST /oauth/interaction/:uid/sign-in', 'DELETE /api/v1/connections/:connection', 'GET /assets/:file',
  'GET /auth/callback', 'GET /auth/invitation', 'GET /auth/login', 'POST /auth/invitation', 'POST /auth/password', 'POST /account/sign-ins/:id/end',
  'DELETE /api/v1/organisations/:organisation', 'DELETE /api/v1/workspaces/:workspace/projects/:project', 'DELETE /api/v1/users/:user', 'DELETE /api/v1/me', 'DELETE /api/v1/holds/:hold',
  'DELETE /api/v1/webhooks/:webhook', 'GET /api/v1/webhooks/:webhook/deliveries', 'POST /api/v1/sessions/:session/consolidate', 'memory_consolidate',
  'POST /api/v1/workspaces/:workspace/projects/:project/edit/*path',
];
/** As `textOf` tells it. */
const isDone = (answer: string): boolean => /^[23]/.test(answer) && !answer.includes('"isError":true');

/** Every route of the gateway, as its modules declare them. */
function routesOf(module: Type): string[] {
  const listed = (key: string): Type[] => ((Reflect.getMetadata(key, module) ?? []) as (Type | { module: Type })[]).map((each) => ('module' in each ? each.module : each));
  const routes = listed(MODULE_METADATA.CONTROLLERS).flatMap((controller) => Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(({ value }) => {
    const method = typeof value === 'function' ? (Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod | undefined) : undefined;
    if (method === undefined) return [];
    const [root, below] = [controller, value as object].map((each) => [Reflect.getMetadata(PATH_METADATA, each) as string | string[]].flat().map((path) => path.replace(/^\/|\/$/g, '')));
    return below!.map((path) => `${RequestMethod[method]} /${[root![0], path].filter(Boolean).join('/')}`);
  }));
  return [...new Set([...routes, ...listed(MODULE_METADATA.IMPORTS).flatMap(routesOf)])];
}

/** An organisation with something in every place, like the other one in all but its words and its ids. */
async function furnish(topology: Topology, sharedSessionId: string): Promise<Organisation> {
  const [label, canary] = ['label', 'canary'].map((word) => word + randomBytes(6).toString('hex')) as [string, string];
  const made = await ownerOf(topology).post<{ organisation: { organisation_id: string }; token: { token: string } }>(`${API}/organisations`, { name: label, owner: { name: canary, email: `${canary}@example.com` } });
  const owner = new Client(productOf(topology).url, made.json.token.token);
  const ok = async <T>(call: Call): Promise<T> => {
    const answer = await send<T>(owner, call);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };
  const place = { workspace: `ws-${label}`, project: `p-${label}` };
  const sessionId = randomUUID();
  await REPLAYS['in batches']!(owner, 'claude-code', sessionOf(canary, sharedSessionId), SHOP);
  await REPLAYS['in batches']!(owner, 'claude-code', sessionOf(canary, sessionId), place);
  await ok(post(`${hookPath('claude-code', 'SessionStart')}&identity=https://git.example.com/${canary}/wares.git`, { session_id: randomUUID(), cwd: CWD }));
  const write = (where: Place, name: string) => ok<{ page_id: string; commit: string }>(put(`${at(where)}/pages/notes/${name}.md`, { title: `Page of ${canary}`, body: `the words of ${canary}`, tags: [canary] }));
  const begin = async () => (await ok<{ handoff: { handoff_id: string } }>(post(`${at(SHOP)}/handoffs`, { summary: `the words of ${canary}` }))).handoff.handoff_id;
  for (const name of PAGES) await write(place, name);
  const versions = { read: '', put: '', remove: '', write: '', erase: '' };
  for (const name of PAGES) versions[name] = (await write(SHOP, name)).page_id;
  const { commit } = await write(SHOP, label);
  await ok(post(`${at(place)}/feedback/notes/read.md`, { signal: 'helpful', reason: `knows the words of ${canary}` }));
  const propose = async (where: Place, name: string) => {
    const { text } = await send(owner, tool('memory_write_page', { path: `_rules/${name}.md`, title: `Rule of ${canary}`, body: `the words of ${canary}`, ...where }));
    return /"proposal_id":"([0-9a-f-]{36})"/.exec(text)![1]!;
  };
  await propose(place, 'a');
  const proposals = { approve: await propose(SHOP, 'a'), reject: await propose(SHOP, 'b') };
  const handoffs = { accept: await begin(), cancel: await begin(), withdraw: await begin() };
  const mail = async (to: Place) => (await ok<{ message: { message_id: string } }>(post(`${at(SHOP)}/messages`, { to, body: `the words of ${canary}` }))).message.message_id;
  const messages = { pop: await mail(SHOP), claim: await mail(SHOP), cancel: await mail(SHOP), withdraw: await mail(SHOP) };
  for (const to of [place, place, place]) await mail(to);
  for (const path of [`${at(place)}/slots/mine`, `${API}/profile/style`]) await ok(put(path, { text: `the words of ${canary}` }));
  const note = async (name: string) => (await ok<{ slot: { slot_id: string } }>(put(`${at(SHOP)}/slots/${name}`, { text: `the words of ${canary}` }))).slot.slot_id;
  const slots = { put: await note('put'), remove: await note('remove') };
  const { user } = await ok<{ user: { user_id: string } }>(post(`${API}/users`, { name: `member ${canary}`, email: `${canary}@example.com` }));
  const { token } = await ok<{ token: { token_id: string } }>(post(`${API}/tokens`, { name: canary, user_id: user.user_id }));
  const { service_account: account } = await ok<{ service_account: { user_id: string } }>(post(`${API}/service-accounts`, { name: `robot-${canary}` }));
  await ok(put(`${API}/groups/${label}`));
  await ok(put(`${API}/groups/${label}/members/${user.user_id}`));
  const grant = async (path: string) => (await ok<{ grant: { grant_id: string } }>(put(`${path}/grants`, { user: `member ${canary}`, level: 'write' }))).grant.grant_id;
  const grants = { project: await grant(at(SHOP)), workspace: await grant(`${API}/workspaces/${place.workspace}`) };
  await grant(at(place));
  await ok(put(`${API}/users/${user.user_id}/password`, { password: PASSWORD }));
  await ok(form('/auth/password', { organisation: label, login: `member ${canary}`, password: PASSWORD }));
  const { sign_ins: [signIn] } = await ok<{ sign_ins: { sign_in_id: string }[] }>(get(`${API}/sign-ins?user_id=${user.user_id}`));
  const { id: groupId } = await ok<{ id: string }>(post('/scim/v2/Groups', { displayName: `group ${canary}` }));
  const { next_cursor: cursor } = await ok<{ next_cursor: string }>(get(`${at(SHOP)}/pages?limit=1`));
  await eventually(async () => {
    for (const project of [SHOP, place]) {
      const found = await ok<{ hits: { path: string }[]; raw_hits: unknown[] }>(get(`${API}/search?q=${canary}&limit=100&workspace=${project.workspace}&project=${project.project}`));
      expect([found.hits.some(({ path }) => path.startsWith('sessions/')), found.hits.length > PAGES.length, found.raw_hits.length > 3]).toEqual([true, true, true]);
    }
  }, 30_000);
  return { owner, organisationId: made.json.organisation.organisation_id, label, canary, place, sessionId, userId: user.user_id, tokenId: token.token_id, accountId: account.user_id, signInId: signIn!.sign_in_id, groupId, handoffs, messages, slots, proposals, grants, versions, commit, cursor };
}

/** A recorded session that speaks of nothing but the canary. */
function sessionOf(canary: string, sessionId: string): ReturnType<typeof recordedSession> {
  const said = (text: string): string => ['Say hello via the tools', 'stub-shell-ok', 'STUB-FINAL: all done.', 'hello-from-stub'].reduce((rest, phrase) => rest.replaceAll(phrase, `the words of ${canary}`), text);
  return recordedSession('claude-code', sessionId).map((event) => JSON.parse(said(JSON.stringify(event))) as typeof event);
}

/** Of the right shape, and nobody's. */
function absentIds(): Ids {
  const [label, canary] = ['label', 'canary'].map((word) => word + randomBytes(6).toString('hex')) as [string, string];
  return {
    label, canary, place: { workspace: `ws-${label}`, project: `p-${label}` }, sessionId: randomUUID(), userId: randomUUID(), tokenId: randomUUID(), accountId: randomUUID(), signInId: randomUUID(), groupId: randomUUID(), commit: randomBytes(20).toString('hex'),
    handoffs: { accept: randomUUID(), cancel: randomUUID(), withdraw: randomUUID() }, messages: { pop: randomUUID(), claim: randomUUID(), cancel: randomUUID(), withdraw: randomUUID() }, slots: { put: randomUUID(), remove: randomUUID() }, proposals: { approve: randomUUID(), reject: randomUUID() }, grants: { project: randomUUID(), workspace: randomUUID() },
    versions: { read: randomUUID(), put: randomUUID(), remove: randomUUID(), write: randomUUID(), erase: randomUUID() },
    cursor: Buffer.from(JSON.stringify({ order: 'path', path: `notes/${label}.md`, projectId: randomUUID() })).toString('base64url'),
  };
}

function send<T>(client: Client, { method, path, body, headers }: Call): Promise<Answer<T>> {
  return client.send<T>(method, path, body, headers);
}

describe.each(TOPOLOGIES)('two organisations, %s', (topology) => {
  let foreign: Organisation;
  let own: Organisation;
  let before: string[];
  const sharedSessionId = randomUUID();
  const absent = absentIds();
  const rows = MATRIX.map((each) => [each.surface, each.yields, each] as const);

  beforeAll(async () => {
    [foreign, own] = [await furnish(topology, sharedSessionId), await furnish(topology, sharedSessionId)];
    before = await viewOf(foreign);
  });

  /** What of the other organisation is in an answer, beside what was asked with. */
  function leaks(answer: string, call: Call): string[] {
    const asked = JSON.stringify(call);
    const { label, canary, organisationId, sessionId, userId, tokenId, accountId, signInId, groupId, commit, handoffs, messages, slots, proposals, grants, versions, owner } = foreign;
    const secrets = [label, canary, organisationId, sessionId, userId, tokenId, accountId, signInId, groupId, commit, owner.token!, ...Object.values(slots), ...Object.values(handoffs), ...Object.values(messages), ...Object.values(proposals), ...Object.values(grants), ...Object.values(versions)];
    return secrets.filter((secret) => answer.includes(secret) && !asked.includes(secret));
  }

  async function ask(call: Call): Promise<string> {
    const answer = textOf(await send(own.owner, call));
    expect(leaks(answer, call), `${JSON.stringify(call)}\n${answer}`).toEqual([]);
    return answer;
  }

  /** All that an organisation can read about itself; but not what counts or traces its reading. */
  async function viewOf(organisation: Organisation): Promise<string[]> {
    const calls = MATRIX.filter(({ surface }) => surface.startsWith('GET /api') && !COUNTING.test(surface)).flatMap((each) => each.calls(organisation));
    const answers: string[] = [];
    for (const call of calls) answers.push((await send(organisation.owner, call)).text.replaceAll(/"(last_used_(at|from)|trace_id)":("[^"]*"|null)|"readership":\{[^}]*\}/g, ''));
    return answers;
  }

  it('are compared on every route and every tool', async () => {
    const { text } = await send(own.owner, mcp('tools/list', {}, '?toolset=full'));
    const tools = [...text.matchAll(/"name":"(\w+)","title"/g)].map(([, name]) => name!);
    expect(tools.length).toBeGreaterThan(11);
    expect([...new Set(MATRIX.map(({ surface }) => surface))].sort()).toEqual([...routesOf(GatewayModule), ...tools].sort());
  });

  it.each(rows)('%s answers foreign ids like absent ones; one\'s own are done, and bring %s', async (surface, yields, each) => {
    const calls = { foreign: each.calls(foreign), absent: each.calls(absent), own: each.calls(own) };
    const answers: string[] = [];
    for (const [index, call] of calls.foreign.entries()) {
      const [toForeign, toAbsent] = [masked(await ask(call)), masked(await ask(calls.absent[index]!))];
      expect(toForeign, JSON.stringify(call)).toBe(toAbsent);
      const toOwn = await ask(calls.own[index]!);
      if (yields === 'texts' || yields === 'existence') expect(masked(toOwn), JSON.stringify(call)).not.toBe(toAbsent);
      answers.push(toOwn);
    }
    expect(answers.some((answer) => answer.includes(own.canary))).toBe(yields === 'texts' || yields === 'caller');
    expect(answers.some(isDone) || NOT_DONE.includes(surface), answers.join('\n')).toBe(true);
  });

  it.each(['/metrics', '/healthz', '/readyz', '/nowhere', '/git/acme/shop.git/HEAD'])('%s tells nothing of anybody', async (path) => {
    const answers = [await ask(get(path)), textOf(await new Client(productOf(topology).url, undefined).get(path))];
    for (const answer of answers) expect(answer).not.toMatch(/(label|canary)[0-9a-f]{12}/);
  });

  it('each read their own words in the session, the folder and the project that both have', async () => {
    for (const [reader, other] of [[own, foreign], [foreign, own]] as const) {
      for (const path of [`${API}/sessions/${sharedSessionId}/observations`, `${at(SHOP)}/pages/sessions/${sharedSessionId}.md`, `${at(SHOP)}/pages/notes/read.md`, `/handoff?agent=codex&cwd=${CWD}${query(SHOP)}`]) {
        const { text } = await reader.owner.get(path);
        expect([text.includes(reader.canary), text.includes(other.canary)], path).toEqual([true, false]);
      }
    }
  });

  it('are left as they were by all that the other one did', async () => {
    expect(before.join('\n')).toContain(foreign.canary);
    expect(await viewOf(foreign)).toEqual(before);
  });
});
