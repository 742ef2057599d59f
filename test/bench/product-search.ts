import { randomUUID } from 'node:crypto';
import type { BenchDocument, Group } from './collection.js';
import type { RunningProduct } from './product.js';

/** One group in an organisation of its own: captured by hooks and searched by REST, as agents and people do. */
export interface SearchedGroup {
  /** Ids of at most a hundred documents, best first. */
  search(query: string): Promise<string[]>;
}

const BATCH_EVENTS = 200;
const HITS_MAX = 100;
const INDEXED_TIMEOUT_MS = 600_000;
const POLL_MS = 200;

export async function capture(product: RunningProduct, { documents }: Group): Promise<SearchedGroup> {
  const token = await newOrganisation(product);
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> => request<T>(product.url, token, method, path, body);
  const events = eventsOf(documents);
  for (let from = 0; from < events.length; from += BATCH_EVENTS) await call('POST', '/hook/batch', events.slice(from, from + BATCH_EVENTS).map(({ item }) => item));
  await untilIndexed(documents.length, () => call('GET', '/api/v1/workspaces/default/projects/bench/status'));
  const idAt = new Map(events.map(({ place, id }) => [place, id]));
  return {
    search: async (query) => {
      const found = await call<{ raw_hits: { session_id: string; sequence: number }[] }>('GET', `/api/v1/search?${new URLSearchParams({ q: query, limit: String(HITS_MAX) }).toString()}`);
      return found.raw_hits.map(({ session_id: session, sequence }) => idAt.get(`${session} ${sequence}`)!);
    },
  };
}

export async function captureOne({ url }: RunningProduct, token: string, text: string): Promise<void> {
  await request(url, token, 'POST', '/hook/batch', eventsOf([{ id: '', text }]).map(({ item }) => item));
}

/** A document as a prompt: in its session, else in one of its own. */
function eventsOf(documents: readonly BenchDocument[]): { item: object; place: string; id: string }[] {
  // Of now, so that no session is idle and becomes a page.
  const startAt = Date.now() - documents.length;
  const sessions = new Map<string, { id: string; events: number }>();
  return documents.map(({ id, text, session }, index) => {
    const name = session ?? `document ${index}`;
    const current = sessions.get(name) ?? sessions.set(name, { id: randomUUID(), events: 0 }).get(name)!;
    current.events += 1;
    const body = { session_id: current.id, cwd: '/bench', prompt: text, occurred_at: new Date(startAt + index).toISOString() };
    return { item: { url: `/hook?event=UserPromptSubmit&agent=bench&project=bench&workspace=default&ingest_key=${randomUUID()}`, body }, place: `${current.id} ${current.events}`, id };
  });
}

export async function newOrganisation({ url, token }: RunningProduct): Promise<string> {
  const made = await request<{ token: { token: string } }>(url, token, 'POST', '/api/v1/organisations', { name: `bench-${randomUUID().slice(0, 13)}`, owner: { name: 'bench', email: 'bench@example.com' } });
  return made.token.token;
}

async function untilIndexed(expected: number, status: () => Promise<{ index: { observations: number } }>): Promise<void> {
  for (const deadline = Date.now() + INDEXED_TIMEOUT_MS; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    if ((await status()).index.observations >= expected) return;
  }
  throw new Error(`${expected} documents were not all indexed within ${INDEXED_TIMEOUT_MS / 1_000} s; are some of them empty?`);
}

export async function request<T>(url: string, token: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path.slice(0, 200)} answered ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
