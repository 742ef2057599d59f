import { randomUUID } from 'node:crypto';
import { type Latencies, latenciesOf, openLoop } from './latencies.js';
import { request } from './product-search.js';
import { print, said } from './query-latencies.js';
import type { RunningProduct } from './product.js';

/** Starts the product with search, or without. */
export type Start = (isSearching: boolean) => Promise<RunningProduct>;

export interface AckPlan {
  events: number;
  perSecond: number;
}

const SESSIONS = 50;
const WARM_UP_EVENTS = 500;
/** Each some 30 s; with two of each the ratio of the p95 varied from 1.1 to 2. */
const TURNS = 4;
const RATIO_MAX = 1.25;
const SEARCHABLE_EVENTS = 200;
const SEARCHABLE_PER_SECOND = 10;
const SEARCHABLE_MS_MAX = 500;
const POLL_MS = 10;
const SEARCHABLE_TIMEOUT_MS = 30_000;

/**
 * How soon captured events are acknowledged while search takes them in and where the search app is not started, in turns; and how soon
 * after that they are found. Waits in each turn until what came before is in the index.
 */
export async function measureAcknowledgements(start: Start, token: string, { events, perSecond }: AckPlan): Promise<void> {
  const taken: Record<'on' | 'off', number[]> = { on: [], off: [] };
  for (let turn = 0; turn < 2 * TURNS; turn += 1) {
    const isOn = turn % 2 === 0;
    const product = await start(isOn);
    try {
      const sessions = Array.from({ length: SESSIONS }, () => randomUUID());
      // One that fails counts as long as it took.
      const capture = (index: number): Promise<unknown> => captureEvent(product, token, sessions[index % SESSIONS]!, `${randomUUID()} walrus memory of a pool that ran out`).catch((error: Error) => console.log(error.message));
      await openLoop(WARM_UP_EVENTS, perSecond, capture);
      if (isOn) await searchable(product, token);
      await openLoop(events, perSecond, capture, taken[isOn ? 'on' : 'off']);
      if (turn === 2 * TURNS - 2) await measureSearchable(product, token);
    } finally {
      await product.stop();
    }
  }
  printAcknowledgements(latenciesOf(taken.on), latenciesOf(taken.off), perSecond);
}

function printAcknowledgements(on: Latencies, off: Latencies, perSecond: number): void {
  print(`an event acknowledged, ${perSecond} a second, search on`, on);
  print(`an event acknowledged, ${perSecond} a second, search off`, off);
  console.log(`p95 with search ${(on.p95 / off.p95).toFixed(2)} times that without (at most ${RATIO_MAX}: ${said(on.p95 <= RATIO_MAX * off.p95)})`);
}

async function measureSearchable(product: RunningProduct, token: string): Promise<void> {
  const taken: number[] = [];
  await openLoop(SEARCHABLE_EVENTS, SEARCHABLE_PER_SECOND, async () => void taken.push(await searchable(product, token)));
  const latencies = latenciesOf(taken);
  print('from the acknowledgement to the first answer with it', latencies);
  console.log(`p95 ${latencies.p95.toFixed(0)} ms (at most ${SEARCHABLE_MS_MAX}: ${said(latencies.p95 <= SEARCHABLE_MS_MAX)})`);
}

/** From an event's acknowledgement until a search finds it. */
async function searchable(product: RunningProduct, token: string): Promise<number> {
  const word = `w${randomUUID().replaceAll('-', '')}`;
  await captureEvent(product, token, randomUUID(), word);
  const [acknowledgedAt, deadline] = [performance.now(), performance.now() + SEARCHABLE_TIMEOUT_MS];
  while (performance.now() < deadline) {
    const { raw_hits: hits } = await request<{ raw_hits: unknown[] }>(product.url, token, 'GET', `/api/v1/search?q=${word}`);
    if (hits.length > 0) return performance.now() - acknowledgedAt;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`An event was not found within ${SEARCHABLE_TIMEOUT_MS / 1_000} s`);
}

async function captureEvent({ url }: RunningProduct, token: string, sessionId: string, prompt: string): Promise<void> {
  const item = { url: `/hook?event=UserPromptSubmit&agent=bench&project=bench&workspace=default&ingest_key=${randomUUID()}`, body: { session_id: sessionId, cwd: '/bench', prompt, occurred_at: new Date().toISOString() } };
  await request(url, token, 'POST', '/hook/batch', [item]);
}
