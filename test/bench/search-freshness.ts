import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#libs/embedded';
import { latenciesOf } from './latencies.js';
import { startProduct } from './product.js';
import { newOrganisation, request } from './product-search.js';

/**
 * `npm run bench:freshness -- [--events 200] [--rate 5] [--sessions 4]`: how long after its 202 an event is found. Events are captured so
 * many a second, whether those before are found or not, and each is searched for again and again until it is there.
 */
const { values } = parseArgs({ options: { events: { type: 'string', default: '200' }, rate: { type: 'string', default: '5' }, sessions: { type: 'string', default: '4' } } });
const [EVENTS, RATE, SESSIONS] = [values.events, values.rate, values.sessions].map(Number) as [number, number, number];
const POLL_MS = 10;
const FOUND_MS_MAX = 30_000;

const dataDir = mkdtempSync(join(tmpdir(), 'bench-freshness-'));
chmodSync(dataDir, 0o711);
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
const product = await startProduct(dataDir, postgres.url);
try {
  const token = await newOrganisation(product);
  const sessions = Array.from({ length: SESSIONS }, () => randomUUID());
  await untilFound(token, await capture(token, sessions[0]!));
  const startedAt = performance.now();
  const taken = await Promise.all(Array.from({ length: EVENTS }, async (_, index) => {
    await rest(startedAt + (1_000 * index) / RATE - performance.now());
    return untilFound(token, await capture(token, sessions[index % SESSIONS]!));
  }));
  const { p50, p95, p99, max } = latenciesOf(taken);
  console.log(`from the 202 until found, ${EVENTS} events, ${RATE} a second in ${SESSIONS} sessions, in ms (asked every ${POLL_MS} ms): p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, p99 ${p99.toFixed(0)}, max ${max.toFixed(0)}`);
} finally {
  await product.stop();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** A word that stands in this event alone, and when it was acknowledged. */
async function capture(token: string, sessionId: string): Promise<{ word: string; acknowledgedAt: number }> {
  const word = `w${randomUUID().replaceAll('-', '')}`;
  const answer = await fetch(`${product.url}/hook?event=UserPromptSubmit&agent=bench&project=bench&workspace=default`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ session_id: sessionId, cwd: '/bench', prompt: `Why does ${word} wait for the lease?` }),
  });
  if (answer.status !== 202) throw new Error(`An event was answered with ${answer.status} ${await answer.text()}`);
  return { word, acknowledgedAt: performance.now() };
}

async function untilFound(token: string, { word, acknowledgedAt }: Awaited<ReturnType<typeof capture>>): Promise<number> {
  while (performance.now() - acknowledgedAt < FOUND_MS_MAX) {
    const { raw_hits: hits } = await request<{ raw_hits: object[] }>(product.url, token, 'GET', `/api/v1/search?q=${word}&limit=1`);
    if (hits.length > 0) return performance.now() - acknowledgedAt;
    await rest(POLL_MS);
  }
  throw new Error(`An event was not found within ${FOUND_MS_MAX} ms`);
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
