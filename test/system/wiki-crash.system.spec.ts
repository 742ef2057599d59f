import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#libs/embedded';
import { eventually } from '#libs/testing';
import { Client } from './client.js';
import { GitClient } from './git-client.js';
import { startProduct, type StartedProduct } from './product.js';

/** Killed by the git that it runs for a push: before it, and after it, when the branch has moved and nobody has been told. */
const GIT_POINTS = ['before git moves the branch', 'after git moved the branch'] as const;
/** Killed at its own steps on the disk: what it is about to do, or has just done, to which file. */
const DISK_POINTS: readonly [name: string, moment: 'before' | 'after', call: 'open' | 'rename', file: string][] = [
  ['with the branch locked', 'after', 'open', '/refs/heads/main.lock'],
  ['with a pack on disk that has no name yet', 'before', 'rename', '.pack'],
  ['with a pack that has no index yet', 'before', 'rename', '.idx'],
  ['before the branch moves', 'before', 'rename', '/refs/heads/main'],
  ['after the branch moved', 'after', 'rename', '/refs/heads/main'],
];
/** Held by the database, and killed there: in COMMIT itself, and when the event is taken out after it. What comes before is one transaction, of which nothing is left wherever it ends; in a push, its last row. */
const TABLE_POINTS: Readonly<Record<string, string>> = {
  'in who pushed': 'BEFORE INSERT ON wiki.pushed_commits FOR EACH ROW',
  'in the commit of the projection': 'AFTER INSERT OR UPDATE ON wiki.heads DEFERRABLE INITIALLY DEFERRED FOR EACH ROW',
  'after the commit of the projection': 'BEFORE DELETE ON wiki.outbox FOR EACH ROW',
};
const LOCK = 4_711;
const P = '/api/v1/workspaces/crash/projects/wiki';

let root: string;
let postgres: EmbeddedPostgres;
let admin: pg.Client;
let product: StartedProduct;
let owner: Client;
let env: Record<string, string>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-wiki-crash-'));
  chmodSync(root, 0o711);
  mkdirSync(join(root, 'postgres'));
  postgres = await startEmbeddedPostgres({ dataDir: join(root, 'postgres'), log: () => undefined });
  writeGitWrapper();
  writeDiskWrapper();
  env = { DATABASE_URL: postgres.url, NODE_OPTIONS: `--import=${join(root, 'disk.mjs')}`, PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  await start();
  env.AI_MEMORY_BIND = new URL(product.url).host;
  admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM pg_advisory_xact_lock(${LOCK}); RETURN coalesce(NEW, OLD); END $$`);
  await owner.send('PUT', P);
  expect((await put('notes/first.md', 'Before any crash. [[notes/second]]')).status).toBe(201);
});
afterAll(async () => {
  await admin.end();
  await product.stop();
  await postgres.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A git that kills who runs it, at the point that a file names, once. */
function writeGitWrapper(): void {
  const git = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
  const point = join(root, 'point');
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/git'), `#!/bin/sh
case "$1" in update-ref|prune) ;; *) exec ${git} "$@" ;; esac
point=$(cat ${point} 2>/dev/null)
case "$1 $point" in "$1 "*" git $1"|update-ref*branch) rm -f ${point} ;; *) exec ${git} "$@" ;; esac
case "$point" in before*) kill -9 $PPID; exit 1 ;; after*) ${git} "$@"; kill -9 $PPID; exit 1 ;; esac
exec ${git} "$@"
`, { mode: 0o755 });
}

/** The same for what the product does to files itself. */
function writeDiskWrapper(): void {
  writeFileSync(join(root, 'disk.mjs'), `import { readFileSync, rmSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const point = ${JSON.stringify(join(root, 'disk-point'))};
const killAt = (moment, call, file) => {
  let wanted;
  try { wanted = JSON.parse(readFileSync(point, 'utf8')); } catch { return; }
  if (wanted[1] !== moment || wanted[2] !== call || !String(file).endsWith(wanted[3])) return;
  rmSync(point);
  process.kill(process.pid, 'SIGKILL');
};
for (const call of ['open', 'rename']) {
  const real = files[call];
  files[call] = async (...args) => {
    const file = args[call === 'open' ? 0 : 1];
    killAt('before', call, file);
    const result = await real(...args);
    killAt('after', call, file);
    return result;
  };
}
syncBuiltinESMExports();
`);
}

async function start(): Promise<void> {
  product = await startProduct('standalone', join(root, 'data'), env);
  owner = new Client(product.url, product.token);
}

const put = (path: string, body: string) => owner.send('PUT', `${P}/pages/${path}`, { body });

/** Lets the product run into a held lock, and kills it there. */
async function killAt(trigger: string, write: () => Promise<unknown>): Promise<void> {
  const isConstraint = trigger.startsWith('AFTER');
  // What the process that was killed before had taken out of the outbox is announced by this one, once its lease is over.
  await eventually(async () => expect((await admin.query('SELECT FROM wiki.outbox')).rowCount).toBe(0), 60_000);
  await admin.query(`SELECT pg_advisory_lock(${LOCK})`);
  await admin.query(`CREATE ${isConstraint ? 'CONSTRAINT ' : ''}TRIGGER hold ${trigger} EXECUTE FUNCTION public.hold()`);
  const written = write();
  const held = await eventually(async () => {
    const { rows } = await admin.query<{ pid: number }>(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`);
    expect(rows.length).toBeGreaterThan(0);
    return rows;
  });
  await product.stop('SIGKILL');
  for (const { pid } of held) await admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await admin.query(`SELECT pg_advisory_unlock_all()`);
  await admin.query(`DROP TRIGGER hold ON ${/ON (wiki\.\w+)/.exec(trigger)![1]}`);
  await written;
}

async function killInGit(point: string, write: () => Promise<unknown>): Promise<void> {
  writeFileSync(join(root, 'point'), point);
  await write();
  expect(existsSync(join(root, 'point'))).toBe(false);
  await product.stop('SIGKILL');
}

async function killOnDisk(point: (typeof DISK_POINTS)[number], write: () => Promise<unknown>): Promise<void> {
  writeFileSync(join(root, 'disk-point'), JSON.stringify(point));
  await write();
  expect(existsSync(join(root, 'disk-point'))).toBe(false);
  await product.stop('SIGKILL');
}

function repository(): string {
  const folder = join(root, 'data/repositories');
  const organisation = readdirSync(folder).find((name) => !name.startsWith('.'))!;
  return join(folder, organisation, readdirSync(join(folder, organisation)).find((name) => name.endsWith('.git'))!);
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', repository(), '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString().trim();
}

async function expectEqual(): Promise<void> {
  await eventually(async () => {
    const { rows: [head] } = await admin.query<{ head: string }>('SELECT head FROM wiki.heads');
    expect(head!.head).toBe(git('rev-parse', 'main'));
  });
  const { rows: pages } = await admin.query<{ path: string; blob: string }>('SELECT path, blob FROM wiki.pages WHERE NOT is_deleted ORDER BY path COLLATE "C"');
  expect(pages.map(({ path, blob }) => `${blob}\t${path}`)).toEqual(git('ls-tree', '-r', '--format=%(objectname)%x09%(path)', 'main').split('\n'));
  const { rows: [counted] } = await admin.query<{ revision: number; links: number }>('SELECT (SELECT revision::int FROM wiki.heads), (SELECT count(*)::int FROM wiki.links) AS links');
  const { revision, links } = counted!;
  expect(revision).toBe(git('log', '--raw', '--first-parent', '--format=', 'main').split('\n').filter(Boolean).length);
  expect(links).toBe(pages.length);
  expect(git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
}

/** A write that may or may not be acknowledged before the end; nothing else about it matters here. */
const written = (path: string) => () => put(path, 'See [[notes/first]].').catch(() => undefined);

describe('wiki-git, killed in the middle of a write', () => {
  it.each(DISK_POINTS)('%s: git and the tables are equal after the start, and the same write works', async (...point) => {
    const path = `notes/w${randomUUID()}.md`;
    await killOnDisk(point, written(path));
    const { rows: [head] } = await admin.query<{ head: string }>('SELECT head FROM wiki.heads');
    expect(head!.head !== git('rev-parse', 'main'), 'whether git is ahead').toBe(point[0] === 'after the branch moved');
    await start();
    await expectEqual();
    expect((await put(path, 'See [[notes/first]].')).status).toBeLessThan(300);
    await expectEqual();
  });

  it.each(Object.entries(TABLE_POINTS).filter(([name]) => name !== 'in who pushed'))('%s: the same', async (_name, trigger) => {
    const path = `notes/w${randomUUID()}.md`;
    await killAt(trigger, written(path));
    await start();
    await expectEqual();
    expect((await put(path, 'See [[notes/first]].')).status).toBeLessThan(300);
    await expectEqual();
  });
});

describe('wiki-git, killed in the middle of a push', () => {
  async function push(): Promise<{ path: string; work: () => Promise<unknown> }> {
    const clone = new GitClient(mkdtempSync(join(root, 'clone-')));
    const address = Object.assign(new URL('/git/crash/wiki.git', product.url), { username: 'any', password: product.token });
    await clone.must('clone', '--quiet', address.toString(), '.');
    const path = `notes/p${randomUUID()}.md`;
    await clone.commit({ [path]: 'See [[notes/first]].' });
    return { path, work: () => clone.run('push', 'origin', 'HEAD:main') };
  }

  it('before git moves the branch: nothing has come in, and nothing is left behind but what the next push brings again', async () => {
    const { path, work } = await push();
    await killInGit(GIT_POINTS[0], work);
    await start();
    await expectEqual();
    expect((await owner.get(`${P}/pages/${path}`)).status).toBe(404);
  });

  it.each<[name: string, kill: (work: () => Promise<unknown>) => Promise<void>]>([
    ['after git moved the branch', (work) => killInGit(GIT_POINTS[1], work)],
    ...Object.entries(TABLE_POINTS).map(([name, trigger]): [string, (work: () => Promise<unknown>) => Promise<void>] => [name, (work) => killAt(trigger, work)]),
  ])('%s: it is all there after the start, and who pushed it', async (name, kill) => {
    const { path, work } = await push();
    await kill(work);
    const { rows: [head] } = await admin.query<{ head: string }>('SELECT head FROM wiki.heads');
    expect(head!.head === git('rev-parse', 'main'), 'whether the tables knew').toBe(name.startsWith('after the commit'));
    await start();
    await expectEqual();
    expect((await owner.get(`${P}/pages/${path}`)).status).toBe(200);
    const { rows } = await admin.query('SELECT name FROM wiki.pushed_commits WHERE commit = $1', [git('log', '-1', '--format=%H', 'main', '--', path)]);
    expect(rows).toEqual([{ name: expect.any(String) as string }]);
  });
});

describe('wiki-git, killed in the middle of a purge', () => {
  const P_SECRET = `${P}/history/notes/secret.md`;

  /** Every object there is, whether a commit needs it or not. */
  function objectsWith(text: string): string[] {
    return git('cat-file', '--batch-check=%(objectname)', '--batch-all-objects').split('\n').filter((id) => git('cat-file', '-p', id).includes(text));
  }

  it.each(['before git update-ref', 'after git update-ref', 'before git prune'])('%s: it is done after the start, and git and the tables are equal', async (point) => {
    const word = `canary${randomUUID().slice(0, 8)}`;
    await put('notes/secret.md', `The ${word}.`);
    await put('notes/kept.md', `Beside it ${randomUUID()}.`);
    writeFileSync(join(root, 'point'), point);
    await owner.send('DELETE', P_SECRET);
    await eventually(() => expect(existsSync(join(root, 'point'))).toBe(false));
    await product.stop('SIGKILL');
    await start();
    await eventually(async () => {
      const { json } = await owner.get<{ purges: { done: boolean }[] }>('/api/v1/purges');
      expect(json.purges.map(({ done }) => done)).not.toContain(false);
    }, 60_000);
    expect(objectsWith(word)).toEqual([]);
    const { rows: pages } = await admin.query<{ path: string; commit: string }>('SELECT path, commit FROM wiki.pages ORDER BY path COLLATE "C"');
    expect(pages.map(({ path, commit }) => `${commit} ${path}`)).toEqual(git('ls-tree', '-r', '--name-only', 'main').split('\n').map((path) => `${git('log', '-1', '--format=%H', 'main', '--', path)} ${path}`));
    const { rows: [head] } = await admin.query<{ head: string }>('SELECT head FROM wiki.heads');
    expect([head!.head, git('fsck', '--full', '--strict', '--unreachable')]).toEqual([git('rev-parse', 'main'), '']);
    const { rows: pushed } = await admin.query<{ commit: string }>('SELECT commit FROM wiki.pushed_commits');
    expect(new Set(git('rev-list', 'main').split('\n'))).toEqual(new Set([...git('rev-list', 'main').split('\n'), ...pushed.map(({ commit }) => commit)]));
  });
});
