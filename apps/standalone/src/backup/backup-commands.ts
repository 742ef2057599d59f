import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRODUCT_VERSION } from '#libs/runtime';
import { gauge } from '#libs/telemetry';
import { allMigrations } from '../all-migrations.js';
import { endOnSignals, openMetricsDoor } from '../metrics-door.js';
import { say } from '../say.js';
import { DEVIATES, refusal } from './backup.faults.js';
import { backupName, newestBackupAt, noteSuccess, pruneBackups } from './backup-folders.js';
import { type BackupManifest, readManifest } from './backup-manifest.js';
import { copiesIn, type Installation, openInstallation } from './installation.js';
import { checkInstallation } from './installation-check.js';
import { requireRestorable, restoreBackup, withDatabase } from './restore-backup.js';
import { checkStored, readStored } from './stored-files.js';
import { takeBackup } from './take-backup.js';

export interface BackupOptions {
  to: string;
  keep?: number;
  recipient: string[];
  /** Seconds from the end of one backup to the next; one alone without it. */
  every?: number;
  /** host:port */
  metrics?: string;
}

/** One backup, or one after the other until it is stopped; ends at the first that fails, for whoever watches it to start it again. */
export async function backup(options: BackupOptions): Promise<void> {
  await mkdir(options.to, { recursive: true, mode: 0o700 });
  if (options.metrics !== undefined) await serveMetrics(options.to, options.metrics);
  if (options.every !== undefined) endOnSignals();
  do await backUp(options);
  while (options.every !== undefined && (await sleep(options.every * 1_000, true)));
}

/** Of the folder, not of this process, so that it is right after a start as well. */
async function serveMetrics(folder: string, bind: string): Promise<void> {
  await openMetricsDoor('ai-memory-backup', bind);
  gauge('backup_last_success_timestamp_seconds', async () => {
    const newest = await newestBackupAt(folder);
    return newest === undefined ? [] : [[newest.getTime() / 1_000]];
  });
}

async function backUp({ to, keep, recipient: recipients }: BackupOptions): Promise<void> {
  const begunAt = new Date();
  const { path, manifest } = await within((installation) => withDatabase(installation.databaseUrl, (database) =>
    takeBackup(database, installation.copies, { to, name: backupName(begunAt), version: PRODUCT_VERSION, recipients })));
  const finishedAt = new Date();
  const removed = keep === undefined ? [] : await pruneBackups(to, keep, finishedAt);
  await noteSuccess(to, { begunAt, seconds: (finishedAt.getTime() - begunAt.getTime()) / 1_000, bytes: bytesOf(manifest) });
  tell(path, manifest);
  const rewritten = manifest.repositories.filter(({ head, recorded_head: recorded }) => head !== recorded);
  if (rewritten.length > 0) say(`rewritten by a purge meanwhile, and copied as they are now: ${rewritten.map((each) => each.project_id).join(', ')}`);
  if (removed.length > 0) say(`removed  ${removed.join(', ')}`);
}

/** Throws where anything is not as it was written. Contents are read where there is no encryption, or an identity. */
export async function verifyBackup(folder: string, { identity }: { identity?: string }): Promise<void> {
  const manifest = await readManifest(folder);
  const identities = identitiesIn(identity);
  for (const file of [...manifest.tables, ...manifest.repositories]) await checkStored(folder, file);
  const isReadable = manifest.recipients.length === 0 || identities.length > 0;
  if (isReadable) await readContents(folder, manifest, identities);
  tell(folder, manifest);
  say(isReadable ? 'every file is as it was written, and can be read' : 'every file is as it was written; what is in them was not looked at: name an --identity');
}

export async function restore(folder: string, { identity, force = false }: { identity?: string; force?: boolean }): Promise<void> {
  const manifest = await readManifest(folder);
  const identities = identitiesIn(identity);
  const given = { folder, manifest, identities, migrations: allMigrations };
  await requireRestorable(given);
  tell(folder, manifest);
  await within(async ({ databaseUrl, copies }) => {
    await restoreBackup(copies, { ...given, isForced: force, databaseUrl });
    say('restored; comparing it with what was backed up');
    await compare({ databaseUrl, copies }, manifest);
  });
}

/** Throws where repositories and tables of the installation say different things. */
export async function verifyInstallation(): Promise<void> {
  await within((installation) => compare(installation));
}

/** Every table, ref and page; a history that a purge rewrote while it was backed up is projected anew when wiki-git starts. */
async function compare({ databaseUrl, copies }: Pick<Installation, 'databaseUrl' | 'copies'>, manifest?: BackupManifest): Promise<void> {
  const rewritten = new Set(manifest?.repositories.filter(({ head, recorded_head: recorded }) => head !== recorded).map(({ project_id: id }) => id));
  const { repositories, pages, deviations } = await withDatabase(databaseUrl, (database) => database.inSnapshot(() => checkInstallation(database, copies)));
  const unexpected = deviations.filter((line) => ![...rewritten].some((id) => line.includes(id)));
  unexpected.forEach(say);
  if (unexpected.length > 0) throw refusal(DEVIATES, `${unexpected.length} of ${repositories} repositories are not what the database says.`);
  say(`${repositories} repositories are sound, and their ${pages} pages are those of the database`);
}

async function readContents(folder: string, { tables, repositories }: BackupManifest, identities: readonly string[]): Promise<void> {
  for (const table of tables) await finished((await readStored(folder, table, identities)).resume());
  const scratch = mkdtempSync(join(tmpdir(), 'ai-memory-verify-'));
  try {
    const copies = copiesIn(scratch);
    for (const file of repositories) {
      await copies.putBack(file, await readStored(folder, file, identities));
      await copies.checkSound(copies.open(file));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function within<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation();
  return work(installation).finally(() => installation.close());
}

/** As age-keygen writes them: one secret key a line, comments between. */
function identitiesIn(path: string | undefined): string[] {
  if (path === undefined) return [];
  return readFileSync(path, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

function bytesOf({ tables, repositories }: BackupManifest): number {
  return [...tables, ...repositories].reduce((sum, { bytes }) => sum + bytes, 0);
}

function tell(path: string, manifest: BackupManifest): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`backup   ${path}`);
  say(`mark     ${manifest.mark.at}: whatever was acknowledged before is in it`);
  say(`holds    ${rows} rows, ${manifest.repositories.length} repositories, ${bytesOf(manifest)} bytes${manifest.recipients.length > 0 ? ', encrypted' : ''}`);
}
