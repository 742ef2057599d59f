import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Client, gitCall, hookPath } from './client.js';
import { type Place, query } from './replay.js';
import { API, at, type Call, CWD, form, get, mcp, PASSWORD, post, put, remove, tag, tool } from './tenancy-calls.js';

/** Where both organisations have a project: names, folder and session are the same, so that only the organisation tells them apart. */
export const SHOP: Place = { workspace: 'acme', project: 'shop' };
/** Pages of every project; each of those that are written with a version has a row of its own to spend it in. */
export const PAGES = ['read', 'put', 'remove', 'write', 'erase'] as const;

export interface Ids {
  /** The word in an organisation's own names: in nothing that it says. */
  label: string;
  /** The word in all that it says: in no name that it is asked about by. */
  canary: string;
  /** Its project that the other organisation has none like. */
  place: Place;
  /** In that project. */
  sessionId: string;
  userId: string;
  tokenId: string;
  accountId: string;
  /** Of that user's browser. */
  signInId: string;
  /** As the directory told it. */
  groupId: string;
  /** In the project that both have, as everything below. */
  handoffs: Record<'accept' | 'cancel' | 'withdraw', string>;
  messages: Record<'pop' | 'claim' | 'cancel' | 'withdraw', string>;
  slots: Record<'put' | 'remove', string>;
  proposals: Record<'approve' | 'reject', string>;
  /** To that user: in the project, and in the workspace that only this organisation has. The group is called as the label. */
  grants: Record<'project' | 'workspace', string>;
  versions: Record<(typeof PAGES)[number], string>;
  commit: string;
  cursor: string;
}

export interface Organisation extends Ids { owner: Client; organisationId: string }

/**
 * What one's own ids bring, so that the comparison means something: one's own texts, or an answer that differs from the one
 * to absent ids; one's own texts whatever the ids; nothing of all that.
 */
type Yield = 'texts' | 'existence' | 'caller' | 'nothing';

interface Row {
  /** `METHOD path` of a route as the controllers declare it, or the name of a tool. */
  surface: string;
  yields: Yield;
  /** Calls that differ in the given ids alone. */
  calls(ids: Ids): Call[];
}

const row = (surface: string, yields: Yield, calls: Row['calls']): Row => ({ surface, yields, calls });
/** Naming a project in the call, and in the address of the server. */
const inPlace = (name: string, args: object, { place }: Ids): Call[] => [tool(name, { ...args, ...place }), tool(name, args, `?workspace=${place.workspace}&project=${place.project}`)];
/** And by the agent's session. */
const anywhere = (name: string, args: object, ids: Ids): Call[] => [...inPlace(name, args, ids), tool(name, args, '', { 'x-memory-agent': 'claude-code', 'x-memory-actor-session-id': ids.sessionId })];

const EMPTY_ARCHIVE = gzipSync(Buffer.alloc(1_024));
const PROJECT = 'api/v1/workspaces/:workspace/projects/:project';
const WORKSPACE = 'api/v1/workspaces/:workspace';
const within = ({ workspace }: Place): string => `${API}/workspaces/${workspace}`;

/** Every route and every tool. What makes a project of the names that it is given stands last: from then on they are the asker's too. */
export const MATRIX: readonly Row[] = [
  ...['/', '/openapi.json', '/assets/:file', '/w/{*path}', '/search', '/system', '/setup', '/account/tokens', '/admin{/*path}'].map((path) => row(`GET ${path}`, 'nothing', () => [get(path.replace(/[{:].*/, ''))])),
  row('GET /.well-known/oauth-authorization-server', 'nothing', () => [get('/.well-known/oauth-authorization-server')]),
  row('GET /.well-known/oauth-protected-resource', 'nothing', () => [get('/.well-known/oauth-protected-resource')]),
  row('GET /.well-known/oauth-protected-resource/mcp', 'nothing', () => [get('/.well-known/oauth-protected-resource/mcp')]),
  row('ALL /oauth/{*rest}', 'nothing', ({ label }) => [get(`/oauth/authorize?client_id=${label}`)]),
  row('GET /oauth/interaction/:uid', 'nothing', ({ sessionId }) => [get(`/oauth/interaction/${sessionId}`)]),
  row('POST /oauth/interaction/:uid', 'nothing', ({ sessionId }) => [post(`/oauth/interaction/${sessionId}`, { decision: 'allow' })]),
  row('POST /oauth/interaction/:uid/sign-in', 'nothing', ({ sessionId }) => [post(`/oauth/interaction/${sessionId}/sign-in`, { token: 'x' })]),
  row('ALL /mcp', 'nothing', () => [mcp('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }), mcp('tools/list', {})]),
  row('GET /identity', 'caller', () => [get('/identity')]),
  row('GET /api/v1/status', 'caller', () => [get(`${API}/status`)]),
  row('GET /api/v1/groups', 'caller', () => [get(`${API}/groups`)]),
  row('GET /api/v1/users', 'caller', () => [get(`${API}/users`)]),
  row('GET /api/v1/me', 'caller', () => [get(`${API}/me`)]),
  row('GET /api/v1/sign-ins', 'existence', ({ userId }) => [get(`${API}/sign-ins?user_id=${userId}`)]),
  ...['sign-on-settings', 'connections', 'usage', 'workspaces', 'spending', 'model-settings', 'reindexes', 'purges', 'erasures', 'erasures/policy', 'capture-retention', 'webhooks', 'holds', 'organisation', 'token', 'token-policy'].map((name) => row(`GET /api/v1/${name}`, 'nothing', () => [get(`${API}/${name}`)])),
  row('GET /auth/sign-in', 'nothing', ({ label }) => [get(`/auth/sign-in?organisation=${label}`)]),
  row('GET /auth/login', 'nothing', ({ label }) => [get(`/auth/login?organisation=${label}`)]),
  row('GET /auth/callback', 'nothing', () => [get('/auth/callback?code=x&state=x')]),
  row('GET /auth/invitation', 'nothing', ({ userId }) => [get(`/auth/invitation?code=${userId}`)]),
  row('POST /auth/invitation', 'nothing', ({ userId }) => [form('/auth/invitation', { code: userId, password: PASSWORD })]),
  row('POST /auth/password', 'nothing', ({ label }) => [form('/auth/password', { organisation: label, login: 'x', password: PASSWORD })]),
  row('POST /auth/logout', 'nothing', () => [form('/auth/logout', {})]),
  row('GET /account', 'nothing', () => [get('/account')]),
  row('POST /account/sign-ins/:id/end', 'nothing', ({ signInId }) => [form(`/account/sign-ins/${signInId}/end`, {})]),
  ...['ServiceProviderConfig', 'ResourceTypes', 'Schemas'].map((document) => row(`GET /scim/v2/${document}`, 'nothing', () => [get(`/scim/v2/${document}`)])),
  row('GET /scim/v2/Users', 'caller', () => [get('/scim/v2/Users')]),
  row('GET /scim/v2/Groups', 'caller', () => [get('/scim/v2/Groups')]),
  row('GET /scim/v2/Users/:id', 'texts', ({ userId }) => [get(`/scim/v2/Users/${userId}`)]),
  row('GET /scim/v2/Groups/:id', 'texts', ({ groupId }) => [get(`/scim/v2/Groups/${groupId}`)]),
  row('DELETE /api/v1/connections/:connection', 'nothing', ({ sessionId }) => [remove(`${API}/connections/${sessionId}`)]),
  row('GET /api/v1/audit', 'caller', ({ userId }) => [get(`${API}/audit?action=token.created`), get(`${API}/audit?actor=${userId}`)]),
  row('GET /api/v1/audit/export', 'nothing', () => [get(`${API}/audit/export?action=organisation.created`)]),
  row('GET /api/v1/audit/verify', 'nothing', () => [get(`${API}/audit/verify`)]),
  row('GET /api/v1/audit/retention', 'nothing', () => [get(`${API}/audit/retention`)]),
  row('GET /api/v1/organisations/:organisation/limits', 'nothing', ({ label }) => [get(`${API}/organisations/${label}/limits`)]),
  row('PUT /api/v1/organisations/:organisation/limits', 'nothing', ({ label }) => [put(`${API}/organisations/${label}/limits`, {})]),
  ...['tokens', 'projects', 'recent', 'handoffs'].map((name) => row(`GET /api/v1/${name}`, 'caller', () => [get(`${API}/${name}`)])),
  row('GET /api/v1/activity', 'texts', ({ place }) => [get(`${API}/activity?${new URLSearchParams({ ...place }).toString()}`)]),
  row('GET /api/v1/activity/stream', 'texts', ({ place }) => [get(`${API}/activity/stream?${new URLSearchParams({ ...place, seconds: '1' }).toString()}`)]),
  row('GET /api/v1/projects', 'existence', ({ place }) => [get(`${API}/projects?workspace=${place.workspace}`)]),
  row(`GET /${PROJECT}`, 'existence', ({ place }) => [get(at(place))]),
  row(`GET /${PROJECT}/days`, 'existence', ({ place }) => [get(`${at(place)}/days`)]),
  row(`GET /${PROJECT}/blame/*path`, 'texts', ({ place, label }) => [get(`${at(place)}/blame/notes/read.md`), get(`${at(SHOP)}/blame/notes/${label}.md`)]),
  row(`GET /${PROJECT}/status`, 'existence', ({ place }) => [get(`${at(place)}/status`)]),
  row(`GET /${PROJECT}/recent`, 'texts', ({ place }) => [get(`${at(place)}/recent`)]),
  row(`GET /${PROJECT}/links`, 'texts', ({ place }) => [get(`${at(place)}/links`)]),
  row(`GET /${PROJECT}/sessions`, 'texts', ({ place }) => [get(`${at(place)}/sessions`)]),
  row(`GET /${PROJECT}/handoffs`, 'texts', ({ place }) => [get(`${at(place)}/handoffs`)]),
  row('POST /api/v1/webhooks', 'nothing', () => [post(`${API}/webhooks`, { name: randomUUID(), url: 'http://127.0.0.1:1/', mode: 'observe' })]),
  ...[['DELETE', ''], ['GET', '/deliveries']].map(([method, of]) => row(`${method} /api/v1/webhooks/:webhook${of}`, 'nothing', ({ sessionId }) => [{ method: method!, path: `${API}/webhooks/${sessionId}${of}` }])),
  row(`GET /${PROJECT}/capture-retention`, 'existence', ({ place }) => [get(`${at(place)}/capture-retention`)]),
  row(`PUT /${PROJECT}/capture-retention`, 'existence', ({ place }) => [put(`${at(place)}/capture-retention`, { retention_days: null })]),
  row('PUT /api/v1/capture-retention', 'nothing', () => [put(`${API}/capture-retention`, { retention_days: null })]),
  row(`GET /${PROJECT}/retention`, 'existence', ({ place }) => [get(`${at(place)}/retention`)]),
  row(`GET /${PROJECT}/archived`, 'existence', ({ place }) => [get(`${at(place)}/archived`)]),
  row(`GET /${PROJECT}/briefing`, 'texts', ({ place }) => [get(`${at(place)}/briefing`)]),
  row(`GET /${PROJECT}/pages`, 'texts', ({ place, label }) => [get(`${at(place)}/pages`), get(`${at(SHOP)}/pages?prefix=notes/${label}`)]),
  row(`GET /${PROJECT}/pages`, 'caller', ({ cursor }) => [get(`${at(SHOP)}/pages?kind=session&cursor=${cursor}`)]),
  row(`GET /${PROJECT}/pages/*path`, 'texts', ({ place, label, sessionId, commit, versions }) => [
    get(`${at(place)}/pages/notes/read.md`), get(`${at(place)}/pages/sessions/${sessionId}.md`), get(`${at(SHOP)}/pages/notes/${label}.md`),
    get(`${at(SHOP)}/pages/notes/read.md?at=${commit}`), get(`${at(place)}/pages/notes/read.md?as_of=2999-01-01T00:00:00Z`), get(`${at(SHOP)}/pages/notes/read.md`, { 'if-none-match': `"${versions.read}"` }),
  ]),
  row(`GET /${PROJECT}/history/*path`, 'texts', ({ place, label }) => [get(`${at(place)}/history/notes/read.md`), get(`${at(SHOP)}/history/notes/${label}.md`)]),
  row(`GET /${PROJECT}/diff/*path`, 'texts', ({ place, label, commit }) => [get(`${at(place)}/diff/notes/read.md`), get(`${at(SHOP)}/diff/notes/${label}.md`), get(`${at(SHOP)}/diff/notes/read.md?from=${commit}`)]),
  row(`GET /${PROJECT}/related/*path`, 'texts', ({ place, label }) => [get(`${at(place)}/related/notes/read.md?depth=3`), get(`${at(SHOP)}/related/notes/${label}.md`)]),
  row('GET /api/v1/search', 'texts', ({ place, canary }) => [
    get(`${API}/search?q=the+words&workspace=${place.workspace}&project=${place.project}`), get(`${API}/search?q=the+words&workspace=${place.workspace}`), get(`${API}/search?q=${canary}`),
  ]),
  row('POST /api/v1/search', 'texts', ({ place }) => [post(`${API}/search`, { q: 'the words', scopes: [SHOP, place] })]),
  row('GET /api/v1/sessions/:session', 'texts', ({ sessionId }) => [get(`${API}/sessions/${sessionId}`)]),
  row('GET /api/v1/sessions/:session/observations', 'texts', ({ sessionId, canary }) => [get(`${API}/sessions/${sessionId}/observations`), get(`${API}/sessions/${sessionId}/observations?q=${canary}`)]),
  row('GET /git/:workspace/:project.git/info/refs', 'existence', ({ place }) => ['git-upload-pack', 'git-receive-pack'].map((service) => get(`/git/${place.workspace}/${place.project}.git/info/refs?service=${service}`))),
  row('POST /git/:workspace/:project.git/git-upload-pack', 'existence', ({ place }) => [gitCall(place, 'git-upload-pack', '0014command=ls-refs\n0000')]),
  row('POST /git/:workspace/:project.git/git-receive-pack', 'existence', ({ place }) => [gitCall(place, 'git-receive-pack', '0000')]),
  row('GET /api/v1/consolidations', 'nothing', ({ sessionId }) => [get(`${API}/consolidations`), get(`${API}/consolidations?session=${sessionId}`)]),
  row('POST /api/v1/sessions/:session/consolidate', 'existence', ({ sessionId }) => [post(`${API}/sessions/${sessionId}/consolidate`)]),
  row('memory_consolidate', 'existence', (ids) => [...anywhere('memory_consolidate', {}, ids), ...inPlace('memory_consolidate', { session_id: ids.sessionId }, ids)]),
  row(`GET /${PROJECT}/feedback`, 'texts', ({ place }) => [get(`${at(place)}/feedback`)]),
  row(`GET /${PROJECT}/review`, 'texts', ({ place }) => [get(`${at(place)}/review`)]),
  row(`GET /${PROJECT}/review/:proposal`, 'texts', ({ proposals }) => [get(`${at(SHOP)}/review/${proposals.approve}`)]),
  row('memory_review_list', 'texts', (ids) => anywhere('memory_review_list', {}, ids)),
  row('memory_review_show', 'texts', (ids) => [tool('memory_review_show', { proposal_id: ids.proposals.reject, ...SHOP }), ...inPlace('memory_review_show', { proposal_id: ids.proposals.reject }, ids)]),
  row(`GET /${PROJECT}/lint`, 'existence', ({ place }) => [get(`${at(place)}/lint`)]),
  row('memory_lint', 'existence', (ids) => anywhere('memory_lint', {}, ids)),
  row('memory_query', 'texts', (ids) => [
    ...anywhere('memory_query', { query: 'the words' }, ids), tool('memory_query', { query: ids.canary, global: true }), tool('memory_query', { query: 'the words', scopes: [SHOP, ids.place] }),
  ]),
  row('memory_recent', 'texts', (ids) => anywhere('memory_recent', {}, ids)),
  row('memory_read_page', 'texts', (ids) => [
    ...anywhere('memory_read_page', { path: 'notes/read.md' }, ids), ...inPlace('memory_read_page', { query: 'the words' }, ids), tool('memory_read_page', { path: `notes/${ids.label}.md`, ...SHOP }),
  ]),
  row('memory_read_session_observations', 'texts', (ids) => [...anywhere('memory_read_session_observations', {}, ids), tool('memory_read_session_observations', { session_id: ids.sessionId })]),
  row('memory_status', 'existence', (ids) => anywhere('memory_status', {}, ids)),
  row('memory_briefing', 'texts', (ids) => anywhere('memory_briefing', {}, ids)),
  row('memory_handoff_list', 'texts', (ids) => anywhere('memory_handoff_list', {}, ids)),
  row(`GET /${PROJECT}/slots`, 'texts', ({ place }) => [get(`${at(place)}/slots`)]),
  row('GET /api/v1/profile', 'caller', () => [get(`${API}/profile`)]),
  row('memory_slot_list', 'texts', (ids) => anywhere('memory_slot_list', {}, ids)),
  row(`GET /${PROJECT}/messages`, 'texts', ({ place }) => [get(`${at(place)}/messages`), get(`${at(place)}/messages?box=outbox`)]),
  row('memory_message_list', 'texts', (ids) => anywhere('memory_message_list', {}, ids)),
  row('POST /api/v1/sessions/:session/finalize', 'texts', ({ sessionId }) => [post(`${API}/sessions/${sessionId}/finalize`)]),
  row(`POST /${PROJECT}/feedback/*path`, 'existence', ({ place, label }) => [post(`${at(place)}/feedback/notes/read.md`, { signal: 'stale' }), post(`${at(SHOP)}/feedback/notes/${label}.md`, { signal: 'stale' })]),
  row('memory_feedback', 'existence', (ids) => anywhere('memory_feedback', { path: 'notes/read.md', signal: 'wrong' }, ids)),
  row('memory_page_history', 'texts', (ids) => [...inPlace('memory_page_history', { path: 'notes/read.md' }, ids), tool('memory_page_history', { path: 'notes/read.md', from: ids.commit, ...SHOP })]),
  row('memory_restore_page', 'existence', ({ commit }) => [tool('memory_restore_page', { path: 'notes/read.md', commit, ...SHOP })]),
  row(`POST /${PROJECT}/restore/*path`, 'existence', ({ commit }) => [post(`${at(SHOP)}/restore/notes/read.md`, { commit })]),
  row(`POST /${PROJECT}/edit/*path`, 'existence', ({ place, label, versions }) => [post(`${at(place)}/edit/notes/read.md`, { base_page_id: versions.read, body: 'x' }), post(`${at(SHOP)}/edit/notes/${label}.md`, { base_page_id: versions.read, body: 'x' })]),
  row(`POST /${PROJECT}/pin/*path`, 'existence', ({ place, label }) => [post(`${at(place)}/pin/notes/read.md`, { pinned: false }), post(`${at(SHOP)}/pin/notes/${label}.md`, { pinned: false })]),
  row(`GET /${PROJECT}/export`, 'existence', ({ place }) => [get(`${at(place)}/export`)]),
  row(`POST /${PROJECT}/import`, 'existence', ({ place }) => [{ method: 'POST', path: `${at(place)}/import?dry_run=true`, body: EMPTY_ARCHIVE, headers: { 'content-type': 'application/gzip' } }]),
  row(`POST /${PROJECT}/bootstrap`, 'existence', ({ place }) => [post(`${at(place)}/bootstrap`, { dry_run: true, material: { name: 'shop', files: [], folders: [], commits: [] } })]),
  row(`PUT /${PROJECT}/review`, 'existence', ({ place }) => [put(`${at(place)}/review`, { mode: 'automatic' })]),
  row(`POST /${PROJECT}/review/:proposal/approve`, 'texts', ({ proposals }) => [post(`${at(SHOP)}/review/${proposals.approve}/approve`)]),
  row(`POST /${PROJECT}/review/:proposal/reject`, 'texts', ({ proposals }) => [post(`${at(SHOP)}/review/${proposals.reject}/reject`)]),
  row(`POST /${PROJECT}/revert`, 'existence', ({ place, userId, sessionId }) => [
    post(`${at(place)}/revert`, { session_id: sessionId, dry_run: true }), post(`${at(SHOP)}/revert`, { user_id: userId, dry_run: true }),
  ]),
  row(`POST /${PROJECT}/reindexes`, 'texts', ({ place }) => [post(`${at(place)}/reindexes`)]),
  row(`GET /${PROJECT}/reindexes`, 'texts', ({ place }) => [get(`${at(place)}/reindexes`)]),
  row('GET /api/v1/installation/reindexes', 'nothing', () => [get(`${API}/installation/reindexes`)]),
  row('POST /api/v1/installation/reindexes', 'nothing', () => [post(`${API}/installation/reindexes`)]),
  ...['system', 'system/dead-letters'].map((path) => row(`GET /api/v1/${path}`, 'nothing', () => [get(`${API}/${path}`)])),
  row('POST /api/v1/system/dead-letters/:dead_letter/requeue', 'nothing', ({ sessionId }) => [post(`${API}/system/dead-letters/${sessionId}/requeue`)]),
  row('DELETE /api/v1/system/dead-letters/:dead_letter', 'nothing', ({ sessionId }) => [remove(`${API}/system/dead-letters/${sessionId}`)]),
  row('POST /api/v1/reindexes', 'caller', () => [post(`${API}/reindexes`)]),
  row(`DELETE /${PROJECT}/history/*path`, 'existence', ({ place, label }) => [remove(`${at(place)}/history/notes/read.md?dry_run=1`), remove(`${at(SHOP)}/history/notes/${label}.md?dry_run=1`)]),
  row('DELETE /api/v1/sessions/:session', 'existence', ({ sessionId }) => [remove(`${API}/sessions/${sessionId}?dry_run=1`)]),
  row('GET /api/v1/data/mine', 'caller', () => [get(`${API}/data/mine`)]),
  row('GET /api/v1/data/organisation', 'caller', () => [get(`${API}/data/organisation`)]),
  row('GET /api/v1/data/users/:user', 'texts', ({ userId }) => [get(`${API}/data/users/${userId}`)]),
  row('GET /api/v1/data/workspaces/:workspace/projects/:project', 'texts', ({ place }) => [get(`${API}/data/workspaces/${place.workspace}/projects/${place.project}`)]),
  row(`DELETE /${PROJECT}`, 'existence', ({ place }) => [remove(`${at(place)}?confirm=no`)]),
  row('DELETE /api/v1/organisations/:organisation', 'existence', ({ label }) => [remove(`${API}/organisations/${label}?confirm=no`)]),
  row('DELETE /api/v1/users/:user', 'existence', ({ userId }) => [remove(`${API}/users/${userId}?confirm=no`)]),
  row('DELETE /api/v1/me', 'nothing', () => [remove(`${API}/me?confirm=no`)]),
  row('PUT /api/v1/erasures/policy', 'nothing', () => [put(`${API}/erasures/policy`, { by_oneself: false })]),
  row('POST /api/v1/holds', 'existence', ({ place }) => [post(`${API}/holds`, { reason: 'A case', project: place })]),
  row('DELETE /api/v1/holds/:hold', 'nothing', ({ sessionId }) => [remove(`${API}/holds/${sessionId}`)]),
  row(`PUT /${PROJECT}/retention`, 'existence', ({ place }) => [put(`${at(place)}/retention`, { half_life_days: 40 })]),
  row(`PUT /${PROJECT}/pages/*path`, 'existence', ({ place, versions }) => [put(`${at(SHOP)}/pages/notes/put.md`, { body: 'Merged' }, tag(versions.put)), put(`${at(place)}/pages/notes/new.md`, { body: 'New' })]),
  row(`DELETE /${PROJECT}/pages/*path`, 'existence', ({ place, versions }) => [remove(`${at(SHOP)}/pages/notes/remove.md`, tag(versions.remove)), remove(`${at(place)}/pages/notes/read.md`)]),
  row('memory_delete_page', 'existence', (ids) => [...anywhere('memory_delete_page', { path: 'notes/put.md' }, ids), tool('memory_delete_page', { path: 'notes/erase.md', expected_page_id: ids.versions.erase, ...SHOP })]),
  row('memory_write_page', 'existence', ({ versions }) => [tool('memory_write_page', { path: 'notes/write.md', body: 'Merged', expected_page_id: versions.write, ...SHOP })]),
  row('GET /handoff', 'texts', ({ place, sessionId }) => [get(`/handoff?agent=codex&cwd=${CWD}${query(place)}`), get(`/handoff?agent=codex&cwd=${CWD}&session_id=${sessionId}&briefing=1${query(place)}`)]),
  row('memory_handoff_accept', 'texts', (ids) => [tool('memory_handoff_accept', { handoff_id: ids.handoffs.accept, ...SHOP }), ...anywhere('memory_handoff_accept', { cwd: CWD }, ids)]),
  row('memory_handoff_cancel', 'existence', ({ handoffs }) => [tool('memory_handoff_cancel', { handoff_id: handoffs.cancel, ...SHOP })]),
  row(`POST /${PROJECT}/handoffs/:handoff/cancel`, 'texts', ({ handoffs }) => [post(`${at(SHOP)}/handoffs/${handoffs.withdraw}/cancel`)]),
  row(`POST /${PROJECT}/handoffs`, 'texts', ({ place }) => [post(`${at(place)}/handoffs`, { summary: 'Continue' })]),
  row(`PUT /${PROJECT}/slots/:slot`, 'existence', ({ place, slots }) => [put(`${at(place)}/slots/mine`, { text: 'New' }), put(`${at(SHOP)}/slots/put`, { text: 'New' }, tag(slots.put))]),
  row(`DELETE /${PROJECT}/slots/:slot`, 'texts', ({ place, slots }) => [remove(`${at(SHOP)}/slots/remove`, tag(slots.remove)), remove(`${at(place)}/slots/mine`)]),
  row('PUT /api/v1/profile/:slot', 'nothing', ({ label }) => [put(`${API}/profile/${label}`, { text: 'New' })]),
  row('DELETE /api/v1/profile/:slot', 'nothing', ({ label }) => [remove(`${API}/profile/${label}`)]),
  row('memory_slot_write', 'existence', (ids) => anywhere('memory_slot_write', { name: 'tool', text: 'New' }, ids)),
  row('memory_slot_delete', 'existence', (ids) => anywhere('memory_slot_delete', { name: 'tool' }, ids)),
  row('memory_message_send', 'existence', (ids) => [
    tool('memory_message_send', { to_workspace: ids.place.workspace, to_project: ids.place.project, body: 'New', ...SHOP }), tool('memory_message_send', { to_user: `member ${ids.canary}`, body: 'New', ...SHOP }),
    ...anywhere('memory_message_send', { to_workspace: SHOP.workspace, to_project: SHOP.project, body: 'New' }, ids),
  ]),
  row(`POST /${PROJECT}/messages`, 'texts', ({ place, canary }) => [
    post(`${at(SHOP)}/messages`, { to: place, body: 'New' }), post(`${at(place)}/messages`, { to: SHOP, body: 'New' }), post(`${at(SHOP)}/messages`, { to_user: `member ${canary}`, body: 'New' }),
  ]),
  row('memory_message_pop', 'texts', (ids) => [tool('memory_message_pop', { message_id: ids.messages.pop, ...SHOP }), ...anywhere('memory_message_pop', {}, ids)]),
  row(`POST /${PROJECT}/messages/claim`, 'texts', ({ place, messages }) => [post(`${at(SHOP)}/messages/claim`, { message_id: messages.claim }), post(`${at(place)}/messages/claim`, {})]),
  row('memory_message_cancel', 'existence', ({ messages }) => [tool('memory_message_cancel', { message_id: messages.cancel, ...SHOP })]),
  row(`POST /${PROJECT}/messages/:message/cancel`, 'texts', ({ messages }) => [post(`${at(SHOP)}/messages/${messages.withdraw}/cancel`)]),
  row('POST /api/v1/tokens', 'existence', ({ userId }) => [post(`${API}/tokens`, { name: 'laptop', user_id: userId })]),
  row('PUT /api/v1/organisation', 'nothing', () => [put(`${API}/organisation`, { project_visibility: 'open' })]),
  row('PUT /api/v1/users/:user/role', 'texts', ({ userId }) => [put(`${API}/users/${userId}/role`, { role: 'member' })]),
  row('POST /api/v1/users/:user/disable', 'texts', ({ userId }) => [post(`${API}/users/${userId}/disable`)]),
  row('POST /api/v1/users/:user/enable', 'texts', ({ userId }) => [post(`${API}/users/${userId}/enable`)]),
  row('GET /api/v1/groups/:group', 'texts', ({ label }) => [get(`${API}/groups/${label}`)]),
  row('PUT /api/v1/groups/:group/members/:user', 'texts', ({ label, userId }) => [put(`${API}/groups/${label}/members/${userId}`)]),
  row('DELETE /api/v1/groups/:group/members/:user', 'existence', ({ label, userId }) => [remove(`${API}/groups/${label}/members/${userId}`)]),
  row('DELETE /api/v1/groups/:group', 'existence', ({ label }) => [remove(`${API}/groups/${label}`)]),
  row('PUT /api/v1/groups/:group', 'nothing', ({ label }) => [put(`${API}/groups/${label}`)]),
  row(`GET /${PROJECT}/grants`, 'texts', ({ place }) => [get(`${at(place)}/grants`)]),
  row(`PUT /${PROJECT}/grants`, 'texts', ({ place, canary }) => [put(`${at(place)}/grants`, { user: `member ${canary}`, level: 'read' }), put(`${at(SHOP)}/grants`, { user: `member ${canary}`, level: 'read' })]),
  row(`DELETE /${PROJECT}/grants/:grant`, 'texts', ({ grants }) => [remove(`${at(SHOP)}/grants/${grants.project}`)]),
  row(`GET /${WORKSPACE}/grants`, 'texts', ({ place }) => [get(`${within(place)}/grants`)]),
  row(`PUT /${WORKSPACE}/grants`, 'texts', ({ place, canary }) => [put(`${within(place)}/grants`, { user: `member ${canary}`, level: 'read' }), put(`${within(SHOP)}/grants`, { user: `member ${canary}`, level: 'read' })]),
  row(`DELETE /${WORKSPACE}/grants/:grant`, 'texts', ({ place, grants }) => [remove(`${within(place)}/grants/${grants.workspace}`)]),
  row(`PUT /${PROJECT}/visibility`, 'existence', ({ place }) => [put(`${at(place)}/visibility`, { visibility: 'default' })]),
  row(`POST /${PROJECT}/move`, 'existence', ({ place }) => [post(`${at(place)}/move`, {})]),
  row(`POST /${WORKSPACE}/rename`, 'existence', ({ place }) => [post(`${within(place)}/rename`, { workspace: place.workspace })]),
  row('POST /api/v1/tokens/:token/rotate', 'texts', ({ tokenId }) => [post(`${API}/tokens/${tokenId}/rotate`, {})]),
  row('DELETE /api/v1/tokens/:token', 'texts', ({ tokenId }) => [remove(`${API}/tokens/${tokenId}`)]),
  row('PUT /api/v1/token-policy', 'nothing', () => [put(`${API}/token-policy`, { days_max: 366, may_never_expire: false })]),
  row('GET /api/v1/service-accounts', 'caller', () => [get(`${API}/service-accounts`)]),
  row('DELETE /api/v1/service-accounts/:account', 'texts', ({ accountId }) => [remove(`${API}/service-accounts/${accountId}`)]),
  row('POST /api/v1/service-accounts', 'nothing', ({ label }) => [post(`${API}/service-accounts`, { name: `robot-${label}` })]),
  row('PUT /api/v1/users/:user/password', 'existence', ({ userId }) => [put(`${API}/users/${userId}/password`, { password: PASSWORD })]),
  row('DELETE /api/v1/users/:user/password', 'existence', ({ userId }) => [remove(`${API}/users/${userId}/password`)]),
  row('POST /api/v1/users/:user/invitation', 'existence', ({ userId }) => [post(`${API}/users/${userId}/invitation`)]),
  row('DELETE /api/v1/sign-ins/:sign_in', 'existence', ({ signInId }) => [remove(`${API}/sign-ins/${signInId}`)]),
  row('PUT /api/v1/sign-on-settings', 'nothing', () => [put(`${API}/sign-on-settings`, { enabled: false })]),
  row('POST /scim/v2/Users', 'nothing', ({ label }) => [post('/scim/v2/Users', { userName: `scim ${label}` })]),
  row('POST /scim/v2/Groups', 'nothing', ({ label }) => [post('/scim/v2/Groups', { displayName: `scim ${label}` })]),
  row('PATCH /scim/v2/Users/:id', 'texts', ({ userId }) => [{ method: 'PATCH', path: `/scim/v2/Users/${userId}`, body: { Operations: [{ op: 'replace', value: { nickName: 'x' } }] } }]),
  row('PATCH /scim/v2/Groups/:id', 'texts', ({ groupId }) => [{ method: 'PATCH', path: `/scim/v2/Groups/${groupId}`, body: { Operations: [{ op: 'replace', value: { externalId: 'x' } }] } }]),
  row('PUT /scim/v2/Users/:id', 'texts', ({ userId, canary }) => [put(`/scim/v2/Users/${userId}`, { userName: `member ${canary}` })]),
  row('PUT /scim/v2/Groups/:id', 'texts', ({ groupId, canary }) => [put(`/scim/v2/Groups/${groupId}`, { displayName: `group ${canary}` })]),
  row('DELETE /scim/v2/Groups/:id', 'existence', ({ groupId }) => [remove(`/scim/v2/Groups/${groupId}`)]),
  row('DELETE /scim/v2/Users/:id', 'existence', ({ userId }) => [remove(`/scim/v2/Users/${userId}`)]),
  row('POST /api/v1/organisations', 'nothing', ({ label }) => [post(`${API}/organisations`, { name: label, owner: { name: 'dev', email: 'dev@example.com' } })]),
  row('POST /api/v1/users', 'nothing', ({ label }) => [post(`${API}/users`, { name: `new ${label}`, email: `${label}@example.com` })]),
  row('PUT /api/v1/audit/retention', 'nothing', () => [put(`${API}/audit/retention`, { retention_days: null })]),
  row('PUT /api/v1/model-settings', 'nothing', () => [put(`${API}/model-settings`, { automatic: false })]), row('POST /api/v1/model-settings/test', 'nothing', () => [post(`${API}/model-settings/test`)]),
  row('memory_write_page', 'nothing', (ids) => inPlace('memory_write_page', { path: 'notes/tool.md', body: 'New', session_id: ids.sessionId }, ids)),
  row('memory_handoff_begin', 'nothing', (ids) => inPlace('memory_handoff_begin', { summary: 'Continue' }, ids)),
  row(`PUT /${PROJECT}`, 'nothing', ({ place }) => [put(at(place))]),
  row('POST /hook', 'nothing', ({ place, sessionId }) => [post(hookPath('claude-code', 'UserPromptSubmit', query(place)), { session_id: sessionId, cwd: CWD, prompt: 'Go on' })]),
  row('POST /hook/batch', 'nothing', ({ place, sessionId }) => [post('/hook/batch', [{ url: hookPath('claude-code', 'Notification', query(place)), body: { session_id: sessionId, cwd: CWD, message: 'Waiting' } }])]),
];
