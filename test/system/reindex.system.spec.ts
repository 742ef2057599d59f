import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#libs/embedded';
import { eventually } from '#libs/testing';
import { Client, hookPath } from './client.js';
import { Laptop } from './command-line.js';
import { startProduct, type StartedProduct } from './product.js';

/** `REINDEX_TOPOLOGY=services npm test -- --project system test/system/reindex.system.spec.ts` sees the same with a process for each app. */
const TOPOLOGY = process.env.REINDEX_TOPOLOGY === 'services' ? 'services' : 'standalone';
const LOCK = 4_712;
const P = '/api/v1/workspaces/acme/projects/shop';
const WORDS = 'walrus penguin okapi lynx ibex gnu outbox lease retry pool cursor memory'.split(' ');
const QUERIES = [...WORDS, 'walrus penguin lease', '"retry pool"', 'memory -okapi', 'outbox cursor gnu ibex', 'path:notes/1* lynx'];
const PAGES = 20;
const SESSIONS = 6;
const PROMPTS = 15;

interface Reindex { phase: string; requested_by: string | null; documents_read: number; documents_total: number | null }

let root: string;
let postgres: EmbeddedPostgres;
let admin: pg.Client;
let product: StartedProduct;
let owner: Client;
let env: Record<string, string>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-reindex-'));
  chmodSync(root, 0o711);
  mkdirSync(join(root, 'postgres'));
  postgres = await startEmbeddedPostgres({ dataDir: join(root, 'postgres'), log: () => undefined });
  env = { DATABASE_URL: postgres.url };
  await start();
  env.AI_MEMORY_BIND = new URL(product.url).host;
  admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM pg_advisory_xact_lock(${LOCK}); RETURN NEW; END $$`);
  await owner.send('PUT', P);
});
afterAll(async () => {
  await admin.end();
  await product.stop();
  await postgres.stop();
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<void> {
  product = await startProduct(TOPOLOGY, join(root, 'data'), env);
  owner = new Client(product.url, product.token);
}

const textOf = (seed: number): string => Array.from({ length: 6 + (seed % 9) }, (_, index) => WORDS[(seed * 7 + index * index * 3 + index) % WORDS.length]).join(' ');
const write = (number: number, seed: number) => owner.send('PUT', `${P}/pages/notes/${number}.md`, { body: textOf(seed) });

async function observe(sessionId: string, seeds: readonly number[]): Promise<void> {
  const events = seeds.map((seed) => ({ url: hookPath('claude-code', 'UserPromptSubmit', '&workspace=acme&project=shop'), body: { session_id: sessionId, cwd: '/w', prompt: textOf(seed) } }));
  expect((await owner.post('/hook/batch', events)).status).toBe(200);
}

/** All that every query finds, in its order, with its scores and what they are made of. */
async function answers(): Promise<object[]> {
  const found: object[] = [];
  for (const q of QUERIES) {
    const { json } = await eventually(async () => {
      const answer = await owner.get(`/api/v1/search?workspace=acme&project=shop&limit=100&explain=1&q=${encodeURIComponent(q)}`);
      expect(answer.status, answer.text).toBe(200);
      return answer;
    });
    found.push({ q, ...json });
  }
  return found;
}

const state = async (): Promise<Reindex> => (await owner.get<{ reindexes: Reindex[] }>(`${P}/reindexes`)).json.reindexes[0]!;

/** Until wiki and capture have nothing that search has not taken in. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const { rows: [behind] } = await admin.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM wiki.heads WHERE indexed_revision < revision)::int + (SELECT count(*) FROM capture.sessions WHERE indexed_generation < generation)::int AS count`);
    expect(behind!.count).toBe(0);
    const { json } = await owner.get<{ purges: { done: boolean }[] }>('/api/v1/purges');
    expect(json.purges.filter(({ done }) => !done)).toEqual([]);
  }, 60_000);
}

/** Of the same wiki and sessions, in tables of search that are as empty as on the first day. */
async function freshAnswers(): Promise<object[]> {
  await admin.query('TRUNCATE search.documents, search.statistics, search.segments, search.slices, search.removals, search.cursors, search.indexes, search.reindexes');
  expect(await answers()).toEqual(QUERIES.map((q) => expect.objectContaining({ q, hits: [], raw_hits: [] }) as object));
  const laptop = new Laptop({ AI_MEMORY_SERVER_URL: product.url, AI_MEMORY_AUTH_TOKEN: product.token });
  const { code, stderr, stdout } = await laptop.run(['reindex', '--workspace', 'acme', '--project', 'shop', '--wait']);
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/acme\/shop: (?:waiting|pages|observations|switching|done), \d+ of (?:\d+|\?) documents/);
  expect(stdout).toMatch(/acme\/shop +done/);
  return answers();
}

it('is built anew while others write, read and delete, and killed in the middle: the old index answers until the new one has all that a fresh one would', async () => {
  const sessions = Array.from({ length: SESSIONS }, () => randomUUID());
  for (let number = 0; number < PAGES; number += 1) await write(number, number);
  for (const [index, sessionId] of sessions.entries()) await observe(sessionId, Array.from({ length: PROMPTS }, (_, turn) => 100 * index + turn));
  await settled();
  const before = await answers();

  await admin.query(`SELECT pg_advisory_lock(${LOCK})`);
  await admin.query(`CREATE TRIGGER hold BEFORE UPDATE ON search.cursors FOR EACH ROW WHEN (NEW.edition > 1 AND NEW.type = 'observation') EXECUTE FUNCTION public.hold()`);
  expect((await owner.post<{ reindexes: object[] }>(`${P}/reindexes`, undefined)).json.reindexes).toMatchObject([{ is_new: true, phase: 'waiting' }]);
  expect((await owner.post<{ reindexes: object[] }>(`${P}/reindexes`, undefined)).json.reindexes).toMatchObject([{ is_new: false }]);
  const held = await eventually(async () => {
    const { rows } = await admin.query<{ pid: number }>(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`);
    expect(rows.length).toBeGreaterThan(0);
    return rows;
  });
  expect(await state()).toMatchObject({ phase: 'observations', documents_total: PAGES + SESSIONS * PROMPTS });
  expect(await answers()).toEqual(before);
  await product.stop('SIGKILL');
  for (const { pid } of held) await admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await admin.query('SELECT pg_advisory_unlock_all()');
  await admin.query('DROP TRIGGER hold ON search.cursors');
  await start();
  expect(await answers()).toEqual(before);

  let isDone = false;
  const load = (async () => {
    for (let step = 0; !isDone || step < 10; step += 1) {
      if (step % 4 === 3) await owner.send('DELETE', `${P}/pages/notes/${step % PAGES}.md`);
      else await write(step % PAGES, 1_000 + step);
      await observe(step % 3 ? sessions[step % SESSIONS]! : randomUUID(), [2_000 + step]);
      if (step === 5) expect((await owner.send('DELETE', `/api/v1/sessions/${sessions[5]}`)).status).toBeLessThan(500);
      expect((await owner.get(`/api/v1/search?q=memory+walrus`)).status).toBe(200);
    }
  })();
  await admin.query('UPDATE search.reindexes SET lease_until = now()');
  await eventually(async () => expect(await state()).toMatchObject({ phase: 'done' }), 60_000);
  isDone = true;
  await load;
  await settled();
  const built = await answers();
  expect(built).not.toEqual(before);
  expect(built).toEqual(await freshAnswers());
}, 180_000);

it('is an owner\'s to ask for in the organisation, and the operator\'s in the installation', async () => {
  expect((await owner.post<{ reindexes: object[] }>('/api/v1/reindexes', undefined)).json.reindexes.length).toBeGreaterThan(0);
  expect((await owner.post<{ begun: number; under_way: number }>('/api/v1/installation/reindexes', undefined)).status).toBe(202);
  await eventually(async () => expect((await owner.get('/api/v1/installation/reindexes')).json).toMatchObject({ waiting: 0, running: 0 }), 60_000);
  const { json: { user } } = await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'Ann', email: 'ann@example.com' });
  const { json: issued } = await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'laptop', user_id: user.user_id });
  const ann = new Client(product.url, issued.token.token);
  for (const path of ['/api/v1/reindexes', '/api/v1/installation/reindexes', `${P}/reindexes`]) expect([(await ann.get(path)).status, (await ann.post(path, undefined)).status]).toEqual([403, 403]);
});
