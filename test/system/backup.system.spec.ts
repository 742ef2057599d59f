import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client, hookPath, newOrganisation, type Organisation, productOf } from './client.js';
import { startProduct, type StartedProduct } from './product.js';
import { query } from './replay.js';
import { filesIn, openDatabase } from './stored-bytes.js';
import { API, at } from './tenancy-calls.js';

const ENTRY = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
const SHOP = { workspace: 'acme', project: 'shop' };
const SESSIONS = 4;

interface Manifest {
  mark: { at: string };
  tables: { name: string; rows: number; file: string }[];
  repositories: { organisation_id: string; project_id: string; head: string }[];
}

interface Ran {
  code: number;
  printed: string;
}

/** `ai-memory admin` on the machine of a server. */
function admin(dataDir: string, ...args: string[]): Promise<Ran> {
  const env = { PATH: process.env.PATH, HOME: tmpdir(), AI_MEMORY_DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, 'admin', ...args], { env, timeout: 100_000 }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, printed: stdout + stderr }));
  });
}

/** Sessions and pages, one after the other, until told to stop; `acknowledged` has what was taken in, and when that was known. */
class Load {
  readonly acknowledged: { sessionId: string; prompt: string; at: number }[] = [];
  private isOver = false;
  private readonly working: Promise<void>;

  constructor(private readonly client: Client) {
    this.working = Promise.all(Array.from({ length: SESSIONS }, () => this.work(randomUUID()))).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  private async work(sessionId: string): Promise<void> {
    for (let step = 0; !this.isOver; step += 1) {
      const prompt = `step ${step} of ${sessionId}`;
      const taken = await this.client.post(hookPath('claude-code', 'UserPromptSubmit', query(SHOP)), { session_id: sessionId, cwd: '/home/dev/shop', prompt });
      expect(taken.status, taken.text).toBe(202);
      this.acknowledged.push({ sessionId, prompt, at: Date.now() });
      const written = await this.client.send('PUT', `${at(SHOP)}/pages/notes/${sessionId}.md`, { body: prompt });
      expect(written.status, written.text).toBeLessThan(300);
    }
  }
}

async function promptsOf(client: Client, sessionId: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: { status: number; text: string; json: { observations: { body: string }[]; next_cursor: string | null } } = await client.get(`${API}/sessions/${sessionId}/observations?limit=200&kinds=user-prompt${cursor && `&cursor=${cursor}`}`);
    expect(answer.status, answer.text).toBe(200);
    found.push(...answer.json.observations.map(({ body }) => body));
    cursor = answer.json.next_cursor ?? null;
  }
  return found;
}

describe('a backup of a server at work', () => {
  const { dataDir } = productOf('standalone');
  const [ourWord, theirWord] = [`ours${randomUUID().slice(0, 8)}`, `theirs${randomUUID().slice(0, 8)}`];
  let root: string;
  let identity: string;
  let ours: Organisation;
  let theirs: Organisation;
  let load: Load;
  let backup: string;
  let manifest: Manifest;
  let restored: StartedProduct;

  async function capture({ owner }: Organisation, word: string): Promise<void> {
    const sessionId = randomUUID();
    for (const [event, more] of [['UserPromptSubmit', { prompt: `Mind the ${word}` }], ['SessionEnd', { reason: 'exit' }]] as const) {
      expect((await owner.post(hookPath('claude-code', event, query(SHOP)), { session_id: sessionId, cwd: '/home/dev/shop', ...more })).status).toBe(202);
    }
    await eventually(async () => expect((await owner.get(`${API}/search?q=${word}`)).text).toContain(`sessions/${sessionId}.md`), 30_000);
  }

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'ai-memory-backup-'));
    chmodSync(root, 0o711);
    identity = join(root, 'identity');
    const secret = await generateIdentity();
    writeFileSync(identity, `# made for a test\n${secret}\n`);
    [ours, theirs] = await Promise.all([newOrganisation('standalone'), newOrganisation('standalone')]);
    await Promise.all([capture(ours, ourWord), capture(theirs, theirWord)]);
    load = new Load(ours.owner);
    await eventually(() => expect(load.acknowledged.length).toBeGreaterThan(SESSIONS * 3));
    const taken = await admin(dataDir, 'backup', '--to', join(root, 'backups'), '--keep', '1', '--recipient', await identityToRecipient(secret));
    await load.stop();
    expect(taken.code, taken.printed).toBe(0);
    const [name] = readdirSync(join(root, 'backups')).filter((each) => each.endsWith('Z'));
    backup = join(root, 'backups', name!);
    manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as Manifest;
  });
  afterAll(async () => {
    await restored?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('was taken while events were taken in and pages written, before and after its mark', () => {
    const mark = Date.parse(manifest.mark.at);
    expect(load.acknowledged.filter(({ at }) => at < mark).length).toBeGreaterThan(0);
    expect(load.acknowledged.filter(({ at }) => at > mark).length).toBeGreaterThan(0);
  });

  it('holds no word that can be read without its key', () => {
    for (const { bytes } of filesIn(backup)) expect(bytes.includes(ourWord)).toBe(false);
  });

  it('can be verified, and one byte less is noticed', async () => {
    expect((await admin(join(root, 'nowhere'), 'verify', backup, '--identity', identity)).printed).toContain('every file is as it was written, and can be read');
    const { file } = manifest.tables.find(({ name }) => name === 'capture.observations')!;
    const whole = readFileSync(join(backup, file));
    truncateSync(join(backup, file), whole.length - 1);
    const damaged = await admin(join(root, 'nowhere'), 'verify', backup);
    writeFileSync(join(backup, file), whole);
    expect(damaged).toMatchObject({ code: 1, printed: expect.stringContaining(`${file} is damaged`) as string });
  });

  it('is not put where something is, nor without its key', async () => {
    const refused = await admin(dataDir, 'restore', backup, '--identity', identity);
    expect(refused).toMatchObject({ code: 1, printed: expect.stringContaining('Stop the services first') as string });
    const locked = await admin(join(root, 'nowhere'), 'restore', backup);
    expect(locked).toMatchObject({ code: 1, printed: expect.stringContaining('--identity') as string });
  });

  it('is put onto empty servers, with every repository at the head that was recorded', async () => {
    const target = join(root, 'restored');
    const done = await admin(target, 'restore', backup, '--identity', identity);
    expect(done.code, done.printed).toBe(0);
    expect(done.printed).toContain(`${manifest.repositories.length} repositories are sound`);
    for (const { organisation_id: organisation, project_id: project, head } of manifest.repositories) {
      expect(readFileSync(join(target, 'repositories', organisation, `${project}.git`, 'refs/heads/main'), 'utf8').trim()).toBe(head);
    }
    restored = await startProduct('standalone', target, { AI_MEMORY_LIMITS: 'off' });
    const database = await openDatabase(target);
    const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM capture.observations');
    await database.end();
    expect(rows[0]!.count).toBe(manifest.tables.find(({ name }) => name === 'capture.observations')!.rows);
  });

  it('gives back every event that was acknowledged before its mark, once', async () => {
    const client = new Client(restored.url, ours.owner.token);
    const mark = Date.parse(manifest.mark.at);
    for (const sessionId of new Set(load.acknowledged.map((each) => each.sessionId))) {
      const before = load.acknowledged.filter((each) => each.sessionId === sessionId && each.at < mark).map(({ prompt }) => prompt);
      const found = await promptsOf(client, sessionId);
      expect(found).toEqual(expect.arrayContaining(before));
      expect(new Set(found).size).toBe(found.length);
    }
  });

  it('still keeps organisations apart, and finds, reads and writes', async () => {
    for (const [organisation, word, foreign] of [[ours, ourWord, theirWord], [theirs, theirWord, ourWord]] as const) {
      const client = new Client(restored.url, organisation.owner.token);
      expect((await client.get(`${API}/search?q=${word}`)).text).toContain(word);
      expect((await client.get(`${API}/search?q=${foreign}`)).json).toMatchObject({ hits: [] });
      const written = await client.send('PUT', `${at(SHOP)}/pages/notes/after.md`, { body: `After ${word}` });
      expect(written.status, written.text).toBeLessThan(300);
      await eventually(async () => expect((await client.get(`${API}/search?q=%22After%20${word}%22`)).text).toContain('notes/after.md'));
    }
    expect(await admin(join(root, 'restored'), 'verify')).toMatchObject({ code: 0, printed: expect.stringContaining('pages are those of the database') as string });
  });
});
