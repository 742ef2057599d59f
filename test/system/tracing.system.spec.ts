import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, hookPath, newOrganisation, productOf, recordedSession } from './client.js';
import type { ReceivedSpan } from './otlp-receiver.js';
import { TOPOLOGIES } from './product.js';
import { MADE_TO_FAIL } from './regretted-lines.js';

/** From the hook to the commit, one span inside the other. */
const TO_GIT = [
  'gateway HTTP POST /hook', 'gateway ask ingest.capture-events.v1', 'ingest serve ingest.capture-events.v1', 'ingest db.transaction',
  'compiler hear ingest.session-ended.v1', 'compiler ask wiki-git.write-pages.v1', 'wiki-git serve wiki-git.write-pages.v1', 'wiki-git db.transaction', 'wiki-git git commit',
];
const TO_INDEX = [...TO_GIT.slice(0, -1), 'search hear wiki-git.head-moved.v1', 'search db.transaction'];
const SPANS_TIMEOUT_MS = 60_000;

interface TraceParent {
  traceId: string;
  spanId: string;
}

function newTraceParent(): TraceParent & { headers: Record<string, string> } {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

async function receivedSpans(traceId?: string): Promise<ReceivedSpan[]> {
  return (await (await fetch(`${inject('otlpUrl')}/spans${traceId === undefined ? '' : `?trace=${traceId}`}`)).json()) as ReceivedSpan[];
}

const nameOf = ({ service, name }: ReceivedSpan): string => `${service.replace('ai-memory-', '')} ${name}`;

/** The names from the trace's first span to this one. */
function pathTo(span: ReceivedSpan, spans: ReadonlyMap<string, ReceivedSpan>): string[] {
  const parent = spans.get(span.parentSpanId ?? '');
  return [...(parent ? pathTo(parent, spans) : []), nameOf(span)];
}

async function capture(client: Client, sessionId: string, word: string, headersOfEnd: Record<string, string>): Promise<void> {
  for (const { event, payload } of recordedSession('claude-code', sessionId)) {
    const body = JSON.stringify(payload).replaceAll('hello', word);
    const answer = await client.post(hookPath('claude-code', event), body, event === 'SessionEnd' ? headersOfEnd : {});
    expect(answer.status, answer.text).toBe(202);
  }
}

describe.each(TOPOLOGIES)('the trace of a captured end of a session, %s', (topology) => {
  const word = `canary${randomUUID().slice(0, 8)}`;
  const sessionId = randomUUID();
  const parent = newTraceParent();
  let client: Client;

  beforeAll(async () => {
    client = (await newOrganisation(topology)).owner;
    await capture(client, sessionId, word, parent.headers);
  });

  const inProcesses = (names: readonly string[]): string[] => (topology === 'services' ? [...names] : names.map((name) => name.replace(/^\S+/, 'standalone')));

  it('is one tree below the caller’s own span, from the hook through bus and database to git and the index', async () => {
    await eventually(async () => {
      const spans = await receivedSpans(parent.traceId);
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      const roots = spans.filter(({ parentSpanId }) => !byId.has(parentSpanId ?? ''));
      expect(roots.map((root) => [nameOf(root), root.parentSpanId])).toEqual([[inProcesses(TO_GIT)[0], parent.spanId]]);
      const paths = spans.map((span) => pathTo(span, byId));
      expect(paths).toContainEqual(inProcesses(TO_GIT));
      expect(paths).toContainEqual(inProcesses(TO_INDEX));
      const services = topology === 'services' ? ['compiler', 'gateway', 'ingest', 'search', 'wiki-git'] : ['standalone'];
      expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual(services.map((service) => `ai-memory-${service}`));
    }, SPANS_TIMEOUT_MS);
  });

  it('holds no word of what was captured, in no span', async () => {
    const page = await eventually(async () => {
      const answer = await client.get(`/api/v1/workspaces/default/projects/project/pages/sessions/${sessionId}.md`);
      expect(answer.status, answer.text).toBe(200);
      return answer.text;
    });
    expect(page).toContain(word);
    const spans = await receivedSpans();
    expect(spans.length).toBeGreaterThan(TO_INDEX.length);
    expect(spans.filter((span) => JSON.stringify(span).includes(word))).toEqual([]);
  });
});

describe.each(TOPOLOGIES)('a trace goes on, %s', (topology) => {
  const service = (app: string): string => (topology === 'services' ? app : 'standalone');
  let client: Client;
  let organisationId: string;

  beforeAll(async () => {
    ({ owner: client, organisationId } = await newOrganisation(topology));
  });

  it('over the outbox and a redelivery: the attempt that failed and the one that did are both below the hook', async () => {
    const parent = newTraceParent();
    const hear = `${service('search')} hear ingest.observations-stored.v1`;
    const attempts = async (): Promise<ReceivedSpan[]> => (await receivedSpans(parent.traceId)).filter((span) => nameOf(span) === hear);
    await failing(productOf(topology).dataDir, organisationId, 'search.documents', 'P0001', async () => {
      const answer = await client.post(hookPath('claude-code', 'UserPromptSubmit'), { session_id: randomUUID(), cwd: '/home/dev/again', prompt: 'Index me in the second attempt' }, parent.headers);
      expect(answer.status, answer.text).toBe(202);
      await eventually(async () => expect((await attempts()).length).toBeGreaterThan(0), SPANS_TIMEOUT_MS);
    });
    await eventually(async () => {
      const spans = await receivedSpans(parent.traceId);
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      // What could not be taken in together with others is tried and settled by itself: by which of the two it got in depends on when the failing ended.
      const settled = spans.filter((span) => ['settle-several-sessions', 'settle-session'].some((request) => nameOf(span) === `${service('ingest')} serve ingest.${request}.v1`));
      expect(settled.map((span) => pathTo(span, byId))).toContainEqual(expect.arrayContaining([`${service('gateway')} HTTP POST /hook`, hear]));
      expect((await attempts()).length).toBeGreaterThan(1);
    }, SPANS_TIMEOUT_MS);
  });

  it('from the span that an MCP client tells of in _meta', async () => {
    const parent = newTraceParent();
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_query', arguments: { query: 'outbox' }, _meta: { traceparent: parent.headers.traceparent } } };
    const answer = await client.post('/mcp', call, { accept: 'application/json, text/event-stream' });
    expect(answer.status, answer.text).toBe(200);
    await eventually(async () => {
      const spans = await receivedSpans(parent.traceId);
      expect(spans.find(({ name }) => name === 'tools/call memory_query')).toMatchObject({ parentSpanId: parent.spanId, service: `ai-memory-${service('gateway')}` });
      expect(spans.map(nameOf)).toContain(`${service('search')} serve search.search-memories.v1`);
    }, SPANS_TIMEOUT_MS);
  });
});

describe.each(TOPOLOGIES)('counts and logs, %s', (topology) => {
  let client: Client;
  let organisationId: string;

  beforeAll(async () => {
    ({ owner: client, organisationId } = await newOrganisation(topology));
  });

  async function count(counter: string, label: string): Promise<number> {
    const { text } = await client.get('/metrics');
    const line = text.split('\n').find((each) => each.startsWith(`hook_events_${counter}_total{${label}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  type Sent = [path: string, body: unknown];
  const prompted = (session: object, key: string): Sent => [hookPath('claude-code', 'UserPromptSubmit', `&ingest_key=${key}`), { ...session, prompt: 'Count me' }];
  const ended = (session: object): Sent => [hookPath('claude-code', 'SessionEnd'), session];

  it.each<[string, string, (session: object, key: string) => Sent[]]>([
    ['accepted', 'kind="user-prompt"', (session, key) => [prompted(session, key)]],
    ['duplicate', 'reason="replayed"', (session, key) => [prompted(session, key), prompted(session, key)]],
    ['accepted', 'kind="session-end"', (session, key) => [prompted(session, key), ended(session)]],
    ['duplicate', 'reason="ignored_end"', (session, key) => [prompted(session, key), ended(session), ended(session)]],
    ['dropped', 'reason="no-session"', () => [[hookPath('claude-code', 'Stop'), {}]]],
    ['dropped', 'reason="policy"', (session) => [[hookPath('claude-code', 'UserPromptSubmit'), { ...session, _ai_memory_capture: { disposition: 'drop' } }]]],
    ['dropped', 'reason="subagent"', (session) => [[hookPath('claude-code', 'UserPromptSubmit', '&drop_subagent=1'), { ...session, prompt: 'x', agent_id: 'a' }]]],
    ['dropped', 'reason="event"', (session) => [['/hook/batch', [{ url: '/hook?agent=claude-code', body: session }]]]],
  ])('count an event as %s, by %s', async (counter, label, events) => {
    // Other tests send events at the same time: what one of ours adds shows in a moment in which they don't.
    await eventually(async () => {
      const sent = events({ session_id: randomUUID(), cwd: '/home/dev/counted' }, randomUUID());
      for (const [path, body] of sent.slice(0, -1)) expect((await client.post(path, body)).status).toBe(202);
      const [path, body] = sent.at(-1)!;
      const before = await count(counter, label);
      const answer = await client.post(path, body);
      expect(answer.status, answer.text).toBe(path === '/hook/batch' ? 200 : 202);
      expect(await count(counter, label)).toBe(before + 1);
    }, 60_000);
  });

  it('count as failed, and log with its trace, what can’t be stored; the same event is stored once it can', async () => {
    const before = await count('failed', 'reason="unavailable"');
    const parent = newTraceParent();
    const path = hookPath('claude-code', 'UserPromptSubmit', `&ingest_key=${randomUUID()}`);
    const send = () => client.post<{ code: string }>(path, { session_id: randomUUID(), cwd: '/home/dev/counted', prompt: 'Keep me' }, parent.headers);
    const refused = await failing(productOf(topology).dataDir, organisationId, 'capture.observations', 'disk_full', send);
    expect([refused.status, refused.json, refused.headers.get('retry-after')]).toMatchObject([503, { code: 'unavailable' }, '1']);
    expect(await count('failed', 'reason="unavailable"')).toBe(before + 1);
    const logged = expect.objectContaining({ level: 40, code: 'unavailable', msg: 'A request could not be served' });
    await eventually(() => expect(linesOf(productOf(topology).logPath, parent.traceId)).toContainEqual(logged));
    expect((await send()).text).toBe('queued');
  });
});

/** The lines of the log that belong to a trace; each is JSON. */
function linesOf(logPath: string, traceId: string): unknown[] {
  return readFileSync(logPath, 'utf8').split('\n').filter((line) => line.includes(traceId)).map((line) => JSON.parse(line) as unknown);
}

/** Runs `work` while Postgres takes no row of an organisation into a table, for what it calls `condition`. */
async function failing<T>(dataDir: string, organisationId: string, table: string, condition: string, work: () => Promise<T>): Promise<T> {
  const port = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]);
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  const database = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'ai_memory' });
  await database.connect();
  try {
    await database.query(`
      CREATE FUNCTION public.failing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${MADE_TO_FAIL}' USING ERRCODE = '${condition}'; END $$;
      CREATE TRIGGER failing BEFORE INSERT ON ${table} FOR EACH ROW WHEN (NEW.organisation_id = '${organisationId}') EXECUTE FUNCTION public.failing()`);
    return await work();
  } finally {
    await database.query('DROP FUNCTION IF EXISTS public.failing() CASCADE');
    await database.end();
  }
}
