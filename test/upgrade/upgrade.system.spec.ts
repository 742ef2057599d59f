import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedNats, type EmbeddedPostgres, startEmbeddedNats, startEmbeddedPostgres } from '#libs/embedded';
import { eventually } from '#libs/testing';
import { Client } from '../system/client.js';
import { startProduct, type StartedProduct } from '../system/product.js';
import { type Replica, startReplica } from '../system/replica.js';
import { type Checkout, checkOut } from './previous-release.js';

/** The release to come from: a commit, tag or branch. */
const FROM = process.env.UPGRADE_FROM ?? 'HEAD~1';
const MIGRATE = fileURLToPath(new URL('../../dist/apps/standalone/src/migrate.js', import.meta.url));
const APPS = ['gateway', 'ingest', 'compiler', 'search'] as const;
const PLACE = 'workspace=upgrade&project=kept';
const PAGES = '/api/v1/workspaces/upgrade/projects/kept/pages';
const SLOW_MS = 60_000;
const MOVE_TIMEOUT_MS = 300_000;

const root = mkdtempSync(join(tmpdir(), 'ai-memory-upgrade-'));
const dataDir = join(root, 'data');
let previous: Checkout;
let postgres: EmbeddedPostgres;
let nats: EmbeddedNats;
let product: StartedProduct;

beforeAll(async () => {
  chmodSync(root, 0o711);
  previous = checkOut(FROM, join(root, 'previous'));
  const log = (): void => undefined;
  for (const folder of ['postgres', 'nats']) mkdirSync(join(root, folder), { mode: 0o711 });
  [postgres, nats] = await Promise.all([startEmbeddedPostgres({ dataDir: join(root, 'postgres'), log }), startEmbeddedNats({ dataDir: join(root, 'nats'), log })]);
  product = await start(previous.root);
}, 2 * MOVE_TIMEOUT_MS);
afterAll(async () => {
  await product?.stop();
  await Promise.all([nats?.stop(), postgres?.stop()]);
  previous?.remove();
  rmSync(root, { recursive: true, force: true });
}, SLOW_MS);

function start(release?: string): Promise<StartedProduct> {
  return startProduct('services', dataDir, { DATABASE_URL: postgres.url, NATS_URL: nats.url, AI_MEMORY_LIMITS: 'off' }, release);
}

interface Session {
  sessionId: string;
  prompts: string[];
}

async function capture(client: Client, prompts: number): Promise<Session> {
  const session: Session = { sessionId: randomUUID(), prompts: [] };
  const send = async (event: string, more: object): Promise<void> => {
    const answer = await client.post(`/hook?event=${event}&agent=claude-code&${PLACE}`, { session_id: session.sessionId, cwd: '/w/kept', ...more });
    expect(answer.status, answer.text).toBe(202);
  };
  for (let step = 0; step < prompts; step += 1) {
    const prompt = `Step ${step}: why does the lease of ${session.sessionId} run out?`;
    await send('UserPromptSubmit', { prompt });
    session.prompts.push(prompt);
  }
  await send('SessionEnd', { reason: 'exit' });
  return session;
}

/** By the public door: what was said, what was made of it, and that it is found. */
async function expectServed(client: Client, { sessionId, prompts }: Session): Promise<void> {
  await eventually(async () => {
    const { json, text } = await client.get<{ observations: { body: string }[] }>(`/api/v1/sessions/${sessionId}/observations?limit=200&kinds=user-prompt`);
    expect(json.observations?.map(({ body }) => body).sort(), text).toEqual([...prompts].sort());
  }, SLOW_MS);
  await eventually(async () => expect((await client.get(`${PAGES}/sessions/${sessionId}.md`)).text).toContain(prompts[0]), SLOW_MS);
  await eventually(async () => expect((await client.get(`/api/v1/search?q=%22${sessionId}%22&${PLACE}`)).text).toContain(`sessions/${sessionId}.md`), SLOW_MS);
}

async function writePage(client: Client, path: string, body: string): Promise<void> {
  const answer = await client.send('PUT', `${PAGES}/${path}`, { title: path, body });
  expect([200, 201], answer.text).toContain(answer.status);
}

it(`what ${FROM} has written is served by this release, which ran beside it for a while, and the other way round`, async () => {
  const old = new Client(product.url, product.token);
  const before = await capture(old, 5);
  await writePage(old, 'notes/before.md', 'Written by the release before.');
  await expectServed(old, before);

  // The new release's tables first: the old one goes on.
  console.log(execFileSync(process.execPath, [MIGRATE], { env: { ...process.env, DATABASE_URL: postgres.url }, encoding: 'utf8' }));
  const amid = await capture(old, 5);
  await expectServed(old, amid);

  // Then replicas of both: a queue group gives a request to one or the other.
  const replicas: Replica[] = await Promise.all(APPS.map((app) => startReplica(app, product)));
  const next = new Client(replicas[0]!.url, product.token);
  const together = await Promise.all(Array.from({ length: 6 }, (_, index) => capture(index % 2 === 0 ? old : next, 10)));
  for (const [index, session] of [before, amid, ...together].entries()) await expectServed(index % 2 === 0 ? next : old, session);
  await writePage(next, 'notes/beside.md', 'Written by the release after, through the wiki of the one before.');
  for (const replica of replicas) expect(await replica.stop()).toBe(0);

  // At last the new release alone, on the repositories of the old one.
  expect(await product.stop()).toBe(0);
  product = await start();
  const alone = new Client(product.url, product.token);
  for (const session of [before, amid, ...together, await capture(alone, 5)]) await expectServed(alone, session);
  expect((await alone.get(`${PAGES}/notes/before.md`)).text).toContain('Written by the release before.');
  expect((await alone.get(`${PAGES}/notes/beside.md`)).text).toContain('Written by the release after');
}, MOVE_TIMEOUT_MS);
