import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client } from './client.js';
import { servicePids, startProduct, type StartedProduct } from './product.js';
import { environmentOf, type Replica, startReplica } from './replica.js';
import { RoundRobin } from './round-robin.js';
import { storedPrompts } from './stored-prompts.js';

const APPS = ['gateway', 'ingest', 'search'] as const;
const WORKERS = 4;
/** How many events a worker sends for each search. */
const EVENTS_A_SEARCH = 5;
const RESTART_TIMEOUT_MS = 60_000;
const PLACE = 'workspace=rolling&project=restarted';

let root: string;
let product: StartedProduct;
let replicas: Replica[];
let door: RoundRobin;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-rolling-'));
  chmodSync(root, 0o711);
  product = await startProduct('services', join(root, 'data'), { AI_MEMORY_DRAIN_SECONDS: '5', AI_MEMORY_LIMITS: 'off' });
  replicas = await Promise.all(APPS.map((app) => startReplica(app, product)));
  door = new RoundRobin([product.url, replicas[0]!.url], product.token);
});
afterAll(async () => {
  door.stop();
  await Promise.all(replicas.map((replica) => replica.stop()));
  await product.stop();
  rmSync(root, { recursive: true, force: true });
});

/** What one worker was told: the prompts that were acknowledged, and everything that was not as it should be. */
interface Log {
  sessionId: string;
  acknowledged: string[];
  failures: string[];
}

/** One request after the other, none of them twice, until it is told to stop, or one has failed. */
async function work(log: Log, isOver: () => boolean): Promise<void> {
  for (let step = 0; !isOver() && log.failures.length === 0; step += 1) {
    const prompt = `step ${step} of ${log.sessionId}`;
    const event = { session_id: log.sessionId, cwd: '/w/rolling', prompt };
    const answer = await ask(log, 202, 'POST', `/hook?event=UserPromptSubmit&agent=claude-code&${PLACE}&ingest_key=${randomUUID()}`, event);
    if (!answer) return;
    log.acknowledged.push(prompt);
    if (step % EVENTS_A_SEARCH === 0) await ask(log, 200, 'GET', `/api/v1/search?q=step&${PLACE}`);
  }
}

async function ask(log: Log, expected: number, method: string, path: string, body?: unknown): Promise<boolean> {
  const answer = await door.send(method, path, body).catch((error: unknown) => error as Error);
  if (!(answer instanceof Error) && answer.status === expected) return true;
  log.failures.push(answer instanceof Error ? `${path}: ${String(answer.cause ?? answer)}` : `${path}: ${answer.status} ${answer.text}`);
  return false;
}

/** Tells a process of the supervisor's to stop, and waits until the one that takes its place is ready. */
async function restart(app: (typeof APPS)[number]): Promise<void> {
  const pid = servicePids(product.dataDir)[app]!;
  const { AI_MEMORY_BIND, AI_MEMORY_OPS_BIND } = environmentOf(pid);
  process.kill(pid, 'SIGTERM');
  await eventually(async () => expect(servicePids(product.dataDir)[app]).not.toBe(pid), RESTART_TIMEOUT_MS);
  await eventually(async () => expect((await fetch(`http://${app === 'gateway' ? AI_MEMORY_BIND : AI_MEMORY_OPS_BIND}/readyz`)).status).toBe(200), RESTART_TIMEOUT_MS);
  if (app === 'gateway') await eventually(async () => expect(door.ready).toBe(2), RESTART_TIMEOUT_MS);
  expect(product.output()).toContain(`${app} exited with code 0`);
}

describe('a rolling restart of two gateways, two ingests and two searches under load', () => {
  it('fails no request, and everything that was acknowledged is stored, once', async () => {
    await eventually(async () => expect(door.ready).toBe(2));
    const logs = Array.from({ length: WORKERS }, (): Log => ({ sessionId: randomUUID(), acknowledged: [], failures: [] }));
    let isOver = false;
    const working = Promise.all(logs.map((log) => work(log, () => isOver)));
    // One of each, then the other: there is always one that serves.
    await Promise.all(APPS.map(restart));
    const codes = await Promise.all(replicas.map((replica) => replica.stop()));
    isOver = true;
    await working;
    expect(codes).toEqual(APPS.map(() => 0));
    expect(logs.flatMap(({ failures }) => failures)).toEqual([]);
    for (const log of logs) expect((await storedPrompts(new Client(product.url, product.token), log.sessionId, log.acknowledged.length)).sort()).toEqual([...log.acknowledged].sort());
    expect(Math.min(...logs.map(({ acknowledged }) => acknowledged.length))).toBeGreaterThan(10);
  });
});
