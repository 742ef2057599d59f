import { randomUUID } from 'node:crypto';
import type { Surface } from '../access/surfaces.js';
import { gitCall, hookPath } from './client.js';
import { type Place, query } from './replay.js';
import { at, type Call, CWD, get, mcp, post, put, tool } from './tenancy-calls.js';

/** What a cell is asked about. */
export interface Subject {
  place: Place;
  /** In that project. */
  sessionId: string;
}

const PAGE = 'notes/a.md';
const NOBODY: Readonly<Record<string, string>> = { '*path': PAGE, ':slot': 'mine', ':group': 'nobody' };
const MANNERS = { accept: 'application/json, text/event-stream' };

const PROJECT = '/api/v1/workspaces/:workspace/projects/:project';
/** To whom anybody may be granted what they have anyway. */
const OWNER = 'dev';
const writing = (name: string, path: string, body: (subject: Subject) => unknown): Record<string, (subject: Subject) => Call> => {
  const method = name.split(' ')[0]!;
  return { [name]: (subject) => ({ method, path: path.startsWith('/api') ? path : at(subject.place) + path, body: body(subject) }) };
};

/** Where a mere name of a route is not enough to ask it; of what changes something, how it is done again and again, and leaves all as it should be for the next caller. */
const OWN_WAYS: Readonly<Record<string, (subject: Subject) => Call>> = {
  'POST /hook': ({ place }) => post(hookPath('claude-code', 'Notification', query(place)), { session_id: randomUUID(), cwd: CWD, message: 'Waiting' }),
  'POST /hook/batch': () => post('/hook/batch', []),
  'GET /handoff': ({ place }) => get(`/handoff?agent=codex&cwd=${CWD}${query(place)}`),
  'PUT /api/v1/workspaces/:workspace/projects/:project': ({ place }) => put(at(place)),
  'ALL /mcp': () => mcp('tools/list', {}),
  'DELETE /api/v1/sessions/:session': ({ sessionId }) => ({ method: 'DELETE', path: `/api/v1/sessions/${sessionId}?dry_run=1` }),
  'GET /api/v1/search': () => get('/api/v1/search?q=words'),
  ...writing('POST /api/v1/search', '/api/v1/search', () => ({ q: 'words', scopes: [{ workspace: 'acme', project: 'open' }] })),
  ...writing(`PUT ${PROJECT}/pages/*path`, '/pages/notes/matrix.md', () => ({ body: 'Words' })),
  ...writing(`POST ${PROJECT}/pin/*path`, `/pin/${PAGE}`, () => ({ pinned: false })),
  ...writing(`POST ${PROJECT}/feedback/*path`, `/feedback/${PAGE}`, () => ({ signal: 'helpful' })),
  ...writing(`POST ${PROJECT}/handoffs`, '/handoffs', () => ({ summary: 'Continue' })),
  ...writing(`POST ${PROJECT}/messages`, '/messages', ({ place }) => ({ to: place, body: 'Words' })),
  ...writing(`PUT ${PROJECT}/slots/:slot`, '/slots/mine', () => ({ text: 'Mine' })),
  ...writing(`PUT ${PROJECT}/review`, '/review', () => ({ mode: 'automatic' })),
  ...writing(`PUT ${PROJECT}/retention`, '/retention', () => ({ half_life_days: 40 })),
  ...writing(`POST ${PROJECT}/revert`, '/revert', ({ sessionId }) => ({ session_id: sessionId, dry_run: true })),
  ...writing(`POST ${PROJECT}/bootstrap`, '/bootstrap', () => ({ dry_run: true, material: { name: 'shop', files: [], folders: [], commits: [] } })),
  ...writing(`POST ${PROJECT}/reindexes`, '/reindexes', () => undefined),
  ...writing(`PUT ${PROJECT}/grants`, '/grants', () => ({ user: OWNER, level: 'read' })),
  ...writing(`PUT ${PROJECT}/visibility`, '/visibility', ({ place }) => ({ visibility: place.project === 'closed' ? 'restricted' : 'open' })),
  ...writing('PUT /api/v1/workspaces/:workspace/grants', '/api/v1/workspaces/acme/grants', () => ({ user: OWNER, level: 'read' })),
  ...writing('PUT /api/v1/organisation', '/api/v1/organisation', () => ({ project_visibility: 'open' })),
  ...writing('PUT /api/v1/token-policy', '/api/v1/token-policy', () => ({ days_max: 366, may_never_expire: true })),
  ...writing('PUT /api/v1/model-settings', '/api/v1/model-settings', () => ({ automatic: false })),
  ...writing('POST /api/v1/model-settings/test', '/api/v1/model-settings/test', () => undefined),
  ...writing('PUT /api/v1/audit/retention', '/api/v1/audit/retention', () => ({ retention_days: null })),
  ...writing('PUT /api/v1/capture-retention', '/api/v1/capture-retention', () => ({ retention_days: null })),
  ...writing(`PUT ${PROJECT}/capture-retention`, '/capture-retention', () => ({ retention_days: null })),
  ...writing('PUT /api/v1/erasures/policy', '/api/v1/erasures/policy', () => ({ by_oneself: false })),
  ...writing('PUT /api/v1/profile/:slot', '/api/v1/profile/style', () => ({ text: 'Short' })),
  ...writing('PUT /api/v1/groups/:group', '/api/v1/groups/team', () => undefined),
  ...writing('POST /api/v1/tokens', '/api/v1/tokens', () => ({ name: 'laptop' })),
  ...writing('POST /api/v1/users', '/api/v1/users', () => ({ name: randomUUID(), email: 'dev@example.com' })),
  ...writing('POST /api/v1/service-accounts', '/api/v1/service-accounts', () => ({ name: randomUUID() })),
};

/** Whether the call is one that is done where it is allowed, and not only let through. */
export function isDone({ name }: Surface): boolean {
  return name in OWN_WAYS;
}

/** Reads, and what is about a session, as they are; what else would change something with a parameter that there is not, which only who may ask is told. */
export function routeCall({ name, about }: Surface, subject: Subject): Call {
  const own = OWN_WAYS[name];
  if (own) return own(subject);
  const [method, pattern] = name.split(' ') as [string, string];
  const values: Record<string, string> = { ...NOBODY, ':workspace': subject.place.workspace, ':project': subject.place.project, ':session': subject.sessionId };
  const path = pattern.replace(/:\w+|\*path/g, (parameter) => values[parameter] ?? randomUUID());
  return { method, path: method === 'GET' || about === 'session' ? path : `${path}?unknown=1` };
}

const ARGUMENTS: Readonly<Record<string, (subject: Subject) => object>> = {
  memory_query: () => ({ query: 'words' }),
  memory_read_page: () => ({ path: PAGE }),
  memory_write_page: () => ({ path: PAGE, body: 'Other words', expected_page_id: randomUUID() }),
  memory_delete_page: () => ({ path: 'notes/none.md' }),
  memory_handoff_begin: () => ({ summary: 'Continue' }),
  memory_handoff_accept: () => ({ handoff_id: randomUUID() }),
  memory_handoff_cancel: () => ({ handoff_id: randomUUID() }),
  memory_page_history: () => ({ path: PAGE }),
  memory_restore_page: () => ({ path: PAGE, commit: '0'.repeat(40) }),
  memory_consolidate: ({ sessionId }) => ({ session_id: sessionId }),
  memory_feedback: () => ({ path: PAGE, signal: 'helpful' }),
  memory_slot_write: () => ({ name: 'tool', text: 'Mine' }),
  memory_slot_delete: () => ({ name: 'tool' }),
  memory_message_send: ({ place }) => ({ to_workspace: place.workspace, to_project: place.project, body: 'Words' }),
  memory_message_cancel: () => ({ message_id: randomUUID() }),
  memory_review_show: () => ({ proposal_id: randomUUID() }),
};

export function toolCall({ name, about }: Surface, { place, sessionId }: Subject): Call {
  const call = tool(name, about === 'session' ? { session_id: sessionId } : { ...ARGUMENTS[name]?.({ place, sessionId }), ...place });
  return { ...call, headers: MANNERS };
}

/** What git asks first, and what it asks then. */
export function gitCalls({ name }: Surface, { place }: Subject): Call[] {
  const [service, body] = name === 'git push' ? ['git-receive-pack', '0000'] as const : ['git-upload-pack', '0014command=ls-refs\n0000'] as const;
  return [get(`/git/${place.workspace}/${place.project}.git/info/refs?service=${service}`), gitCall(place, service, body)];
}
