import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client } from './client.js';
import { DECISION, DECISION_PAGE, jobOf, jobs, LONG, page, runSession, useModels } from './decided-session.js';
import { servicePids, startProduct, type StartedProduct, TOPOLOGIES } from './product.js';
import { startStubModel, type StubModel } from './stub-model.js';

/** One process gives one organisation two of its four places. */
const PLACES_OF_ONE = 2;
const FLOOD = 12;
const ENV = { AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: '1', AI_MEMORY_LLM_INPUT_TOKENS_MAX: '2500', AI_MEMORY_LLM_CONCURRENCY: '4' };

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-consolidation-'));
  chmodSync(root, 0o711);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(TOPOLOGIES)('%s', (topology) => {
  let product: StartedProduct;
  let operator: Client;
  let stub: StubModel;

  beforeAll(async () => {
    stub = await startStubModel();
    product = await startProduct(topology, join(root, topology), ENV);
    operator = new Client(product.url, product.token);
  });
  afterAll(async () => {
    stub.stop();
    expect(await product.stop()).toBe(0);
  });

  async function organisationWith(model: string): Promise<Client> {
    const answer = await operator.post<{ token: { token: string } }>('/api/v1/organisations', { name: `org-${randomUUID().slice(0, 8)}`, owner: { name: 'dev', email: 'dev@example.com' } });
    expect(answer.status, answer.text).toBe(201);
    return useModels(new Client(product.url, answer.json.token.token), stub, [model]);
  }

  async function kill(): Promise<void> {
    if (topology === 'services') return void process.kill(servicePids(product.dataDir).compiler!, 'SIGKILL');
    await product.stop('SIGKILL');
    product = await startProduct(topology, product.dataDir, { ...ENV, AI_MEMORY_BIND: new URL(product.url).host });
  }

  it('starts a job of one organisation at once, whatever another has waiting', async () => {
    const [flooding, other] = [await organisationWith('held-flood'), await organisationWith('good-other')];
    for (let count = 0; count < FLOOD; count += 1) await runSession(flooding);
    await eventually(async () => expect((await jobs(flooding)).length).toBe(FLOOD), 30_000);
    await eventually(() => expect(stub.requestsOf('held-flood')).toHaveLength(PLACES_OF_ONE), 30_000);
    await runSession(other);
    await jobOf(other, 'done');
    const waiting = (await jobs(flooding)).filter((job) => job.state === 'waiting');
    expect(waiting).toHaveLength(FLOOD - PLACES_OF_ONE);
    expect(stub.requestsOf('held-flood')).toHaveLength(PLACES_OF_ONE);
    await flooding.send('PUT', '/api/v1/model-settings', { enabled: false });
  });

  it('goes on after kill -9 in the middle of a call: what was answered is not paid for again, and the call that was cut off counts once', async () => {
    const client = await organisationWith('held-killed');
    await runSession(client, LONG);
    const isFinal = (): number => stub.requestsOf('held-killed').filter((request) => !request.isNotes).length;
    await eventually(() => expect(isFinal()).toBe(1), 60_000);
    const notes = stub.requestsOf('held-killed').length - 1;
    expect(notes).toBeGreaterThan(1);
    await kill();
    await eventually(() => expect(isFinal()).toBe(2), 90_000);
    stub.release();
    const job = await jobOf(client, 'done', 60_000);
    expect((await page(client, DECISION_PAGE)).body).toContain(DECISION);
    expect(stub.requestsOf('held-killed')).toHaveLength(notes + 2);
    expect(job.usage.calls).toBe(notes + 2);
    const months = await client.get<{ months: { calls: number; reserved_usd: number; reserved_tokens: number }[] }>('/api/v1/spending');
    expect(months.json.months[0]).toMatchObject({ calls: notes + 2, reserved_usd: 0, reserved_tokens: 0 });
  });
});

describe('one box', () => {
  it('has its sessions consolidated with the model of its environment, at the address and with the key that stand there', async () => {
    const stub = await startStubModel();
    const keyFile = join(root, 'key');
    writeFileSync(keyFile, 'key-of-the-box\n');
    const product = await startProduct('standalone', join(root, 'box'), {
      AI_MEMORY_LLM_PROVIDER: 'openai-compat', AI_MEMORY_LLM_MODEL: 'good-box', AI_MEMORY_LLM_BASE_URL: stub.url, AI_MEMORY_LLM_API_KEY_FILE: keyFile,
    });
    try {
      const owner = new Client(product.url, product.token);
      await runSession(owner);
      await jobOf(owner, 'done');
      expect((await page(owner, DECISION_PAGE)).frontmatter.consolidated_by).toBe('good-box');
      expect(stub.requests.map((request) => request.authorization)).toEqual(['Bearer key-of-the-box']);
      expect((await owner.get('/api/v1/model-settings')).json).toMatchObject({ settings: { source: 'installation', models: [{ model: 'good-box', base_url: null, has_key: true }] } });
    } finally {
      stub.stop();
      expect(await product.stop()).toBe(0);
    }
  });
});
