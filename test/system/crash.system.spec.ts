import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Cell, emptyBecause, SHORT_LENGTHS } from '../faults/cells.js';
import { runCycle } from '../faults/cycle.js';
import { type Installation, SERVICES, startInstallation } from '../faults/installation.js';
import { Client } from './client.js';
import { startProduct } from './product.js';

const SESSIONS = 4;
const PROMPTS = 25;
const RETRY_MS = 50;

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-crash-'));
  chmodSync(root, 0o711);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** As a laptop's spool does: the same event under the same key, until it is acknowledged. */
async function sendUntilAcknowledged(client: Client, path: string, body: object): Promise<void> {
  const keyed = `${path}&ingest_key=${randomUUID()}`;
  for (;;) {
    const answer = await client.post(keyed, body).catch(() => undefined);
    if (answer?.status === 202) return;
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`${answer.status} ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

interface Sent {
  sessionId: string;
  prompts: string[];
}

async function runSession(client: Client, project: string, onProgress: () => void): Promise<Sent> {
  const sessionId = randomUUID();
  const prompts = Array.from({ length: PROMPTS }, (_, index) => `step ${index} of ${sessionId}`);
  const send = (event: string, more: object): Promise<void> =>
    sendUntilAcknowledged(client, `/hook?event=${event}&agent=claude-code&workspace=crash&project=${project}`, { session_id: sessionId, cwd: `/w/${sessionId}`, ...more });
  for (const prompt of prompts) {
    await send('UserPromptSubmit', { prompt });
    onProgress();
  }
  await send('SessionEnd', { reason: 'exit' });
  return { sessionId, prompts };
}

/** Runs sessions side by side and calls `disturb` once, in the middle of them. */
async function runSessions(client: Client, project: string, disturb: () => Promise<void> | void): Promise<Sent[]> {
  let done = 0;
  let disturbed: Promise<void> | undefined;
  const onProgress = (): void => {
    done += 1;
    if (done >= (SESSIONS * PROMPTS) / 2) disturbed ??= Promise.resolve(disturb());
  };
  const sent = await Promise.all(Array.from({ length: SESSIONS }, () => runSession(client, project, onProgress)));
  await disturbed;
  return sent;
}

async function storedPrompts(client: Client, sessionId: string): Promise<string[]> {
  return eventually(async () => {
    const answer = await client.get<{ observations: { body: string }[] }>(`/api/v1/sessions/${sessionId}/observations?limit=200&kinds=user-prompt`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json.observations.map((observation) => observation.body);
  });
}

async function expectAllOnce(client: Client, project: string, sent: readonly Sent[]): Promise<void> {
  for (const { sessionId, prompts } of sent) {
    expect((await storedPrompts(client, sessionId)).sort()).toEqual([...prompts].sort());
    await eventually(async () => {
      const page = await client.get<{ page: { body: string } }>(`/api/v1/workspaces/crash/projects/${project}/pages/sessions/${sessionId}.md`);
      expect(page.status, page.text).toBe(200);
      expect(page.json.page.body).toContain(`step 0 of ${sessionId}`);
    }, 60_000);
    await eventually(async () => {
      const found = await client.get<{ hits: { path: string }[] }>(`/api/v1/search?q=%22${sessionId}%22&workspace=crash&project=${project}`);
      expect(found.json.hits.map((hit) => hit.path)).toContain(`sessions/${sessionId}.md`);
    }, 60_000);
  }
}

describe('five processes, their Postgres and their NATS', () => {
  /** Each service and server killed, and the other kinds of fault; `npm run test:faults` does them all to all, and longer. */
  const CELLS: readonly Cell[] = [
    ...SERVICES.map((target): Cell => ({ target, fault: 'kill -9' })),
    { target: 'postgres', fault: 'kill -9' }, { target: 'nats', fault: 'kill -9' }, { target: 'ingest', fault: 'SIGSTOP' },
    { target: 'gateway', fault: 'network cut' }, { target: 'postgres', fault: 'half-open' }, { target: 'postgres', fault: 'disk full' }, { target: 'ingest', fault: 'clock jump' },
  ];
  const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
  let on: Installation;

  beforeAll(async () => {
    on = await startInstallation();
  });
  afterAll(() => on.stop());

  it(`lose nothing, keep nothing twice and come back by themselves, whatever is done to them under load (seed ${SEED})`, { timeout: 300_000 }, async () => {
    const { words, unmannerly, regretted, acknowledged } = await runCycle(on, CELLS.filter((cell) => !emptyBecause(cell, on)), SEED, SHORT_LENGTHS, { events: 2, batches: 1, pages: 1, handoffs: 1, paceMs: 20 });
    expect(words.join('\n')).toBe('');
    expect([...unmannerly.keys()].join('\n'), regretted.join('\n')).toBe('');
    expect(acknowledged).toBeGreaterThan(100);
  });
});

describe('one process', () => {
  it('has everything it acknowledged, once, when it is killed and started again on its data', async () => {
    const dataDir = join(root, 'standalone');
    let product = await startProduct('standalone', dataDir);
    const env = { AI_MEMORY_BIND: new URL(product.url).host };
    const client = new Client(product.url, product.token);
    const sent = await runSessions(client, 'killed', async () => {
      await product.stop('SIGKILL');
      product = await startProduct('standalone', dataDir, env);
    });
    await expectAllOnce(client, 'killed', sent);
    expect(await product.stop()).toBe(0);
  });
});
