import { pipeline } from 'node:stream/promises';
import { migrate, type Migration, WholeDatabase } from '#libs/database';
import { BACKUP_UNUSABLE, DEVIATES, NOT_EMPTY, refusal } from './backup.faults.js';
import type { BackupManifest } from './backup-manifest.js';
import type { RepositoryCopies } from './repository-copies.js';
import { checkStored, readStored } from './stored-files.js';

export interface RestoreOptions {
  /** The backup's. */
  folder: string;
  manifest: BackupManifest;
  identities: readonly string[];
  /** Also where there are rows and repositories already, which are gone then. */
  isForced: boolean;
  databaseUrl: string;
  /** Those that this version knows. */
  migrations: readonly Migration[];
}

/** Sessions of processes that serve; they must not see the database while it is put back. */
const SERVING = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ai-memory'`;
const DROP = (schema: string): string => `DROP SCHEMA IF EXISTS ${schema} CASCADE`;

/** Throws unless all files are as they were written, one of the keys opens them, and this version knows what made them. */
export async function requireRestorable({ folder, manifest, identities, migrations }: Pick<RestoreOptions, 'folder' | 'manifest' | 'identities' | 'migrations'>): Promise<void> {
  requireKnown(manifest, migrations);
  (await readStored(folder, manifest.tables[0]!, identities)).destroy();
  for (const file of [...manifest.tables, ...manifest.repositories]) await checkStored(folder, file);
}

/** Makes database and repositories what they were at the backup's mark, and brings them up to this version. Rows come in whole or not at all. */
export async function restoreBackup(copies: RepositoryCopies, options: RestoreOptions): Promise<void> {
  const { folder, manifest, identities, databaseUrl, migrations } = options;
  const ofBackup = migrations.filter(({ name }) => manifest.migrations.includes(name));
  await clear(copies, options);
  await migrate(databaseUrl, ofBackup);
  await withDatabase(databaseUrl, (database) => database.inTransaction(() => loadTables(database, options)));
  for (const file of manifest.repositories) await copies.putBack(file, await readStored(folder, file, identities));
  await migrate(databaseUrl, migrations);
}

export async function withDatabase<T>(url: string, work: (database: WholeDatabase) => Promise<T>): Promise<T> {
  const database = await WholeDatabase.open(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function requireKnown({ migrations: ran, version }: BackupManifest, known: readonly Migration[]): void {
  const names = new Set(['Roles1763900000000', ...known.map(({ name }) => name)]);
  const unknown = ran.filter((name) => !names.has(name));
  if (unknown.length > 0) throw refusal(BACKUP_UNUSABLE, `This backup was made by a later version (${version}), which has ${unknown[0]}. Restore it with that version.`);
}

async function clear(copies: RepositoryCopies, { databaseUrl, isForced }: RestoreOptions): Promise<void> {
  await withDatabase(databaseUrl, async (database) => {
    const [serving] = await database.query<{ count: number }>(SERVING);
    if (serving!.count > 0) throw refusal(NOT_EMPTY, `${serving!.count} connections of running services are open to this database. Stop the services first.`);
    const tables = await database.tables();
    const found = await copies.store.list();
    if (!isForced) await requireEmpty(database, tables.map(({ name }) => name), found.length);
    for (const schema of new Set(tables.map(({ name }) => name.split('.')[0]!))) await database.query(DROP(schema));
    await database.query('DROP TABLE IF EXISTS public.ai_memory_migrations');
    for (const name of found) await copies.store.erase(name);
  });
}

async function requireEmpty(database: WholeDatabase, tables: readonly string[], repositories: number): Promise<void> {
  for (const table of tables) {
    const rows = await database.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0) throw refusal(NOT_EMPTY, `The database is not empty: there are rows in ${table}. --force takes away what there is.`);
  }
  if (repositories > 0) throw refusal(NOT_EMPTY, `There are ${repositories} repositories in the data folder. --force takes away what there is.`);
}

async function loadTables(database: WholeDatabase, { folder, manifest, identities }: RestoreOptions): Promise<void> {
  const order = (await database.tables()).map(({ name }) => name);
  const missing = manifest.tables.find(({ name }) => !order.includes(name));
  if (missing) throw refusal(BACKUP_UNUSABLE, `The backup has a table ${missing.name} that its migrations do not make.`);
  for (const table of manifest.tables.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name))) {
    // Triggers look at what is written now; these rows have been looked at.
    await database.query(`DELETE FROM ${table.name}`);
    await database.query(`ALTER TABLE ${table.name} DISABLE TRIGGER USER`);
    const stored = await readStored(folder, table, identities);
    const rows = database.copyIn(table);
    await pipeline(stored, rows);
    await database.query(`ALTER TABLE ${table.name} ENABLE TRIGGER USER`);
    if (rows.rowCount !== table.rows) throw refusal(DEVIATES, `${table.name} has ${rows.rowCount} rows of ${table.rows}.`);
  }
  for (const { name, value } of manifest.sequences) await database.query('SELECT setval($1::regclass, $2::bigint)', [name, value]);
}
