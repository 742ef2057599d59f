import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { POSTGRES_FAILED } from './embedded.faults.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres.js';

const SOON = { timeout: 10_000, interval: 20 };
const IS_ROOT = process.getuid?.() === 0;

/** `mode` decides whether the user that root's Postgres runs as can reach the folder. */
function tempDataDir(mode = 0o711): string {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'ai-memory-postgres-'));
  chmodSync(dataDir, mode);
  onTestFinished(() => {
    const cluster = join(dataDir, 'postgres');
    if (existsSync(cluster)) rmSync(realpathSync(cluster), { recursive: true });
    rmSync(dataDir, { recursive: true });
  });
  return dataDir;
}

async function start(dataDir: string): Promise<EmbeddedPostgres & { lines: string[] }> {
  const lines: string[] = [];
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  onTestFinished(() => postgres.stop());
  return { ...postgres, lines };
}

async function query(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const keepOne = (url: string) => query(url, 'CREATE TABLE kept AS SELECT 1 AS one');
const readKept = (url: string) => query(url, 'SELECT one FROM kept');
const pidOf = (dataDir: string) => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

describe('a first start', () => {
  it('makes database ai_memory as UTF-8, durable, on loopback only, with a password that others cannot read', async () => {
    const dataDir = tempDataDir();
    const { url, lines } = await start(dataDir);
    const shown = await query(url, `SELECT current_database(), pg_encoding_to_char(encoding), datctype, current_setting('fsync'), current_setting('listen_addresses'),
      current_setting('unix_socket_directories'), current_setting('wal_segment_size'), current_setting('max_wal_size') FROM pg_database WHERE datname = current_database()`);
    expect(shown).toEqual([['ai_memory', 'UTF8', expect.stringContaining('UTF-8'), 'on', '127.0.0.1', '', '4MB', '1GB']]);
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
    expect(lines).toEqual([expect.stringContaining('first start only')]);
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('replaces what a killed first start left half-made', async () => {
    const dataDir = tempDataDir();
    const half = join(dataDir, 'postgres.new-abc');
    mkdirSync(join(half, 'files'), { recursive: true });
    await start(dataDir);
    expect(existsSync(half)).toBe(false);
  });
});

describe('a later start', () => {
  it('finds what was committed, also under a password that was made anew', async () => {
    const dataDir = tempDataDir();
    const first = await start(dataDir);
    await keepOne(first.url);
    await first.stop();
    rmSync(join(dataDir, 'postgres-password'));
    const second = await start(dataDir);
    expect(await readKept(second.url)).toEqual([[1]]);
    expect(second.url).not.toBe(first.url);
  });

  it('stops a server that a killed run left behind, and loses nothing', async () => {
    const dataDir = tempDataDir();
    const left = await start(dataDir);
    const onExit = vi.fn();
    left.onExit(onExit);
    await keepOne(left.url);
    const next = await start(dataDir);
    await vi.waitFor(() => expect(onExit).toHaveBeenCalledOnce(), SOON);
    expect(next.lines).toEqual([expect.stringMatching(/^stopping a Postgres that an earlier run left behind/)]);
    expect(await readKept(next.url)).toEqual([[1]]);
  });

  it('recovers from a killed server, though its number is another process’s now', async () => {
    const dataDir = tempDataDir();
    const killed = await start(dataDir);
    const onExit = vi.fn();
    killed.onExit(onExit);
    await keepOne(killed.url);
    process.kill(pidOf(dataDir), 'SIGKILL');
    await vi.waitFor(() => expect(onExit).toHaveBeenCalledWith('was ended by SIGKILL'), SOON);
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));
    expect(await readKept((await start(dataDir)).url)).toEqual([[1]]);
  });

  it('says in one line why it cannot start', async () => {
    const dataDir = tempDataDir();
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '9.6\n');
    const sentence = expect.stringMatching(/^The embedded Postgres exited with code 1: database files are incompatible with server \(log: .+\)$/);
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toMatchObject({ code: POSTGRES_FAILED.code, sentence });
  });
});

it('does not report an exit that was asked for', async () => {
  const postgres = await start(tempDataDir());
  const onExit = vi.fn();
  postgres.onExit(onExit);
  await postgres.stop();
  expect(onExit).not.toHaveBeenCalled();
});

if (IS_ROOT) {
  describe('as root', () => {
    it('runs as another user, inside the data folder when that user can reach it', async () => {
      const dataDir = tempDataDir();
      await start(dataDir);
      expect(statSync(`/proc/${pidOf(dataDir)}`).uid).toBeGreaterThan(0);
      expect(realpathSync(join(dataDir, 'postgres'))).toBe(join(dataDir, 'postgres'));
    });

    it('keeps the files in /var/lib when the data folder is closed to that user, and finds them again', async () => {
      const dataDir = tempDataDir(0o700);
      const first = await start(dataDir);
      await keepOne(first.url);
      await first.stop();
      expect(realpathSync(join(dataDir, 'postgres'))).toMatch(/^\/var\/lib\/ai-memory\/clusters\//);
      expect(await readKept((await start(dataDir)).url)).toEqual([[1]]);
    });
  });
}
