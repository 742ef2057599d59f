import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client } from './client.js';
import { servicePids, startProduct, type StartedProduct } from './product.js';

const SESSIONS = 4;
const PROMPTS = 25;
const APPS = ['gateway', 'ingest', 'compiler', 'search', 'wiki-git'] as const;
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

describe('five processes', () => {
  let product: StartedProduct;
  let client: Client;

  beforeAll(async () => {
    product = await startProduct('services', join(root, 'services'));
    client = new Client(product.url, product.token);
  });
  afterAll(async () => {
    await product.stop();
  });

  it.each(APPS)('lose nothing and keep nothing twice when %s is killed in the middle, and it comes back by itself', async (app) => {
    const project = `kill-${app}`;
    const pid = servicePids(product.dataDir)[app]!;
    const sent = await runSessions(client, project, () => void process.kill(pid, 'SIGKILL'));
    await expectAllOnce(client, project, sent);
    expect(servicePids(product.dataDir)[app]).not.toBe(pid);
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
