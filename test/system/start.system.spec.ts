import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#libs/embedded';
import { Client } from './client.js';
import { freePort, launchProduct, servicePids, startProduct, type StartedProduct, TOPOLOGIES, type Topology } from './product.js';

const PAGE = '/api/v1/workspaces/acme/projects/start/pages/notes/kept.md';
/** Any string will do, as long as a header can hold it. */
const PRESET = `!"#$%&'()*+,-./:;<=>?@[]^_{|}~09`;

let root: string;
const started: StartedProduct[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-start-'));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
});
afterAll(async () => {
  for (const product of started) await product.stop();
  rmSync(root, { recursive: true, force: true });
});

async function start(topology: Topology, folder: string, env: Record<string, string> = {}): Promise<StartedProduct> {
  const product = await startProduct(topology, join(root, folder), env);
  started.push(product);
  return product;
}

const ownerOf = ({ url, token }: StartedProduct): Client => new Client(url, token);
const linesOf = (output: string): string[] => output.trimEnd().split('\n');

/** A start that comes to nothing: its exit code, and every line that it printed. */
async function refusedStart(topology: Topology, env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const { exited, output } = launchProduct(topology, env);
  const code = await exited;
  return { code, lines: linesOf(output()) };
}

/** The servers and services that run for this data folder. */
function childPids({ topology, dataDir }: StartedProduct): number[] {
  const postgres = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  if (topology === 'standalone') return [postgres];
  return [postgres, Number(readFileSync(join(dataDir, 'nats', 'nats.pid'), 'utf8')), ...Object.values(servicePids(dataDir))];
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function expectCleanStop(product: StartedProduct, signal: NodeJS.Signals): Promise<void> {
  const pids = childPids(product);
  expect(pids.filter(isRunning)).toEqual(pids);
  expect(await product.stop(signal)).toBe(0);
  expect(pids.filter(isRunning)).toEqual([]);
}

describe.each(TOPOLOGIES)('a start, %s', (topology) => {
  let product: StartedProduct;

  beforeAll(async () => {
    product = await start(topology, topology);
  });

  it('tells where it answers, where the data and the token are and what to type next, and last of all that it is ready', () => {
    const { url, dataDir, token } = product;
    const lines = linesOf(product.output());
    const expected = [`data     ${dataDir}`, `token    ${token}   (shown once; kept in ${join(dataDir, 'auth-token')})`, `${url}/mcp`, 'claude mcp add'];
    for (const part of expected) expect(lines.some((line) => line.includes(part)), part).toBe(true);
    expect(lines.at(-1)).toBe(`ai-memory is ready at ${url}`);
  });

  it('keeps the token for its owner alone', async () => {
    expect(statSync(join(product.dataDir, 'auth-token')).mode & 0o777).toBe(0o600);
    expect((await ownerOf(product).get('/identity')).json).toMatchObject({ level: 'root', organisation: 'default' });
  });

  it('answers on loopback without a token, and never in place of a wrong one', async () => {
    expect((await new Client(product.url, undefined).get('/identity')).json).toMatchObject({ level: 'anonymous', operator: 'owner' });
    const stranger = new Client(product.url, `${product.token.slice(0, -1)}!`);
    for (const path of ['/identity', '/handoff', '/api/v1/status']) expect((await stranger.get(path)).status, path).toBe(401);
  });

  const other: Topology = topology === 'services' ? 'standalone' : 'services';

  it(`is the only one on its data folder: another, ${other}, is refused in one line`, async () => {
    const { code, lines } = await refusedStart(other, { AI_MEMORY_DATA_DIR: product.dataDir, AI_MEMORY_BIND: `127.0.0.1:${await freePort()}` });
    expect([code, lines]).toEqual([1, [expect.stringMatching(`^ai-memory: Another ai-memory \\(process ${product.process.pid}\\) already uses ${product.dataDir}: stop it`)]]);
  });

  it(`has its port alone: another, ${other}, is refused in one line and makes nothing`, async () => {
    const dataDir = join(root, 'no-port');
    const { host } = new URL(product.url);
    const { code, lines } = await refusedStart(other, { AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: host });
    expect([code, lines]).toEqual([1, [`ai-memory: ${host} is in use by another program. Stop it, or choose another address with AI_MEMORY_BIND.`]]);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });

  it('keeps token and data when it is stopped and when it is killed, and a stop leaves no process behind', async () => {
    await ownerOf(product).post('/hook?event=UserPromptSubmit&agent=codex&workspace=acme&project=start', { session_id: 's', prompt: 'Start' });
    expect((await ownerOf(product).send('PUT', PAGE, { body: 'It was here before.' })).status).toBe(201);
    await expectCleanStop(product, 'SIGINT');
    const again = { AI_MEMORY_BIND: new URL(product.url).host };
    const second = await start(topology, topology, again);
    await expectSameAs(product, second);
    await second.stop('SIGKILL');
    const third = await start(topology, topology, again);
    await expectSameAs(product, third);
    await expectCleanStop(third, 'SIGTERM');
  });

  async function expectSameAs(first: StartedProduct, later: StartedProduct): Promise<void> {
    expect(later.token).toBe(first.token);
    expect(later.output()).not.toContain(first.token);
    expect((await ownerOf(later).get<{ page: { body: string } }>(PAGE)).json.page.body).toContain('It was here before.');
  }

  it.each([
    ['a misspelt setting', { AI_MEMORY_BINDD: '127.0.0.1:1' }, ['AI_MEMORY_BINDD: no such setting']],
    ['all settings that are wrong', { AI_MEMORY_BIND: 'localhost', AI_MEMORY_AUTH_TOKEN: 'x'.repeat(31), AI_MEMORY_REQUIRE_AUTH: 'perhaps', DATABASE_URL: 'mysql://x' }, [
      'DATABASE_URL: ', 'AI_MEMORY_AUTH_TOKEN: must have at least 32 characters', 'AI_MEMORY_BIND: must be host:port', 'AI_MEMORY_REQUIRE_AUTH: ',
    ]],
  ])('names %s, and makes nothing', async (_what, env, problems) => {
    const dataDir = join(root, 'unusable');
    const { code, lines } = await refusedStart(topology, { AI_MEMORY_DATA_DIR: dataDir, ...env });
    expect([code, lines]).toEqual([2, ['ai-memory: The configuration is not usable:', ...problems.map((problem) => expect.stringContaining(problem))]]);
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('a Postgres of one’s own', () => {
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    const dataDir = mkdtempSync(join(root, 'postgres-'));
    chmodSync(dataDir, 0o711);
    postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  });
  afterAll(() => postgres.stop());

  it('is used in place of the embedded one, with a preset token that is asked for on loopback too', async () => {
    const product = await start('standalone', 'own-postgres', { DATABASE_URL: postgres.url, AI_MEMORY_AUTH_TOKEN: PRESET, AI_MEMORY_REQUIRE_AUTH: '1' });
    expect(product.output()).not.toContain(PRESET);
    expect((await new Client(product.url, PRESET).get('/identity')).json).toMatchObject({ level: 'root' });
    const nobody = await new Client(product.url, undefined).get('/identity');
    expect([nobody.status, nobody.json, nobody.headers.get('www-authenticate')]).toMatchObject([401, { code: 'auth.token-missing' }, 'Bearer']);
    expect(await product.stop()).toBe(0);
    expect(existsSync(join(product.dataDir, 'postgres'))).toBe(false);
    expect(await organisationsIn(postgres.url)).toEqual(['default']);
  });

  it('is named in one line where it does not answer', async () => {
    const env = { AI_MEMORY_DATA_DIR: join(root, 'no-postgres'), AI_MEMORY_BIND: `127.0.0.1:${await freePort()}`, DATABASE_URL: `postgres://me:hidden-word@127.0.0.1:${await freePort()}/x` };
    const { code, lines } = await refusedStart('standalone', env);
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^ai-memory: The database cannot be used: .*ECONNREFUSED.* Check DATABASE_URL\.$/)]]);
    expect(lines[0]).not.toContain('hidden-word');
  });
});

async function organisationsIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT name FROM identity.organisations');
  await client.end();
  return rows.map(({ name }) => name);
}
