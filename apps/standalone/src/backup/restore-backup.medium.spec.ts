import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate, WholeDatabase } from '#libs/database';
import { urlOf } from '#libs/testing';
import { allMigrations } from '../all-migrations.js';
import { backupName } from './backup-folders.js';
import type { BackupManifest } from './backup-manifest.js';
import { RepositoryCopies } from './repository-copies.js';
import { requireRestorable, restoreBackup, withDatabase } from './restore-backup.js';
import { takeBackup } from './take-backup.js';

const ORGANISATION = randomUUID();
/** As the release before the last migrations was. */
const EARLIER = allMigrations.slice(0, -2);

let folder: string;
let copies: RepositoryCopies;
const databases: string[] = [];

/** An empty database on the run's server. */
async function newDatabase(): Promise<string> {
  const name = `backup_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  databases.push(name);
  return urlOf(inject('postgresUrl'), name);
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function rows(url: string, sql: string): Promise<object[]> {
  return withDatabase(url, (database) => database.query(sql));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-memory-restore-'));
  copies = new RepositoryCopies({ AI_MEMORY_DATA_DIR: join(folder, 'data'), PATH: process.env.PATH! });
});
afterAll(async () => {
  for (const name of databases) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup of an earlier version', () => {
  let taken: { folder: string; manifest: BackupManifest };
  let target: string;

  beforeAll(async () => {
    const source = await newDatabase();
    await migrate(source, EARLIER);
    await rows(source, `INSERT INTO identity.organisations (organisation_id, name) VALUES ('${ORGANISATION}', 'acme')`);
    const { path, manifest } = await withDatabase(source, (database) => takeBackup(database, copies, { to: folder, name: backupName(new Date()), version: '0.0.1', recipients: [] }));
    taken = { folder: path, manifest };
    target = await newDatabase();
  });

  const restore = (isForced: boolean) => restoreBackup(copies, { ...taken, identities: [], isForced, databaseUrl: target, migrations: allMigrations });

  it('is restored by this one, with its rows, and brought up to it', async () => {
    expect(taken.manifest.migrations).not.toContain(allMigrations.at(-1)!.name);
    await restore(false);
    expect(await rows(target, 'SELECT organisation_id, name FROM identity.organisations')).toEqual([{ organisation_id: ORGANISATION, name: 'acme' }]);
    expect(await withDatabase(target, (database) => database.migrations())).toContain(allMigrations.at(-1)!.name);
    expect(await rows(target, `SELECT 1 FROM pg_trigger WHERE tgname = 'refuse_erased_project' AND tgenabled <> 'O'`)).toEqual([]);
  });

  it('is not put over rows that are there, unless it is forced', async () => {
    await expect(restore(false)).rejects.toMatchObject({ code: 'backup.not-empty' });
    await rows(target, `UPDATE identity.organisations SET name = 'other'`);
    await restore(true);
    expect(await rows(target, 'SELECT name FROM identity.organisations')).toEqual([{ name: 'acme' }]);
  });

  it('of a later version is refused, and says so', async () => {
    const later = { ...taken.manifest, migrations: [...taken.manifest.migrations, 'Tomorrow1999999999999'] };
    await expect(requireRestorable({ ...taken, manifest: later, identities: [], migrations: allMigrations })).rejects.toThrow('later version');
  });
});

describe('a login for which row-level security holds', () => {
  it('can neither back up nor restore: it would see a part and take it for all', async () => {
    const url = await newDatabase();
    const role = `limited_${randomUUID().slice(0, 8)}`;
    await onServer(`CREATE ROLE ${role} LOGIN PASSWORD 'limited'`);
    const limited = new URL(url);
    [limited.username, limited.password] = [role, 'limited'];
    await expect(WholeDatabase.open(limited.toString())).rejects.toMatchObject({ code: 'database.sees-part' });
    await onServer(`DROP ROLE ${role}`);
  });
});
