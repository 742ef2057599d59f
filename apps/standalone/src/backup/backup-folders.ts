import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of what is not finished; one that a crash has left is removed by a later run. */
export const PARTIAL_SUFFIX = '.partial';
const PARTIAL_AGE_MS_MAX = 24 * 3_600_000;
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;
const METRICS_FILE = 'backup.prom';

/** By the time it is begun at, so that names sort by age. */
export function backupName(now: Date): string {
  return now.toISOString().replaceAll(/[:.]/g, '-');
}

/** The finished backups in a folder that are beyond the `keep` newest. */
export function outdated(names: readonly string[], keep: number): string[] {
  return names.filter((name) => NAME.test(name)).sort().slice(0, -keep);
}

/** When the newest of the finished backups in a folder was begun; its mark is no earlier. */
export async function newestBackupAt(folder: string): Promise<Date | undefined> {
  const newest = (await readdir(folder)).filter((name) => NAME.test(name)).sort().at(-1);
  return newest === undefined ? undefined : new Date(newest.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3}Z)$/, 'T$1:$2:$3.$4'));
}

/** Removes what is beyond the `keep` newest, and what crashed runs have left; answers with the names of the former. */
export async function pruneBackups(folder: string, keep: number, now: Date): Promise<string[]> {
  const names = await readdir(folder);
  for (const name of names.filter((each) => each.endsWith(PARTIAL_SUFFIX) && NAME.test(each.slice(0, -PARTIAL_SUFFIX.length)))) {
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > PARTIAL_AGE_MS_MAX) await rm(join(folder, name), { recursive: true, force: true });
  }
  const old = outdated(names, keep);
  for (const name of old) await rm(join(folder, name), { recursive: true, force: true });
  return old;
}

/** For node_exporter's textfile collector: a process that ends can't be scraped. */
export async function noteSuccess(folder: string, facts: { begunAt: Date; seconds: number; bytes: number }): Promise<void> {
  const lines = [
    ['backup_last_success_timestamp_seconds', 'When the newest backup was begun.', facts.begunAt.getTime() / 1_000],
    ['backup_duration_seconds', 'How long it took.', facts.seconds],
    ['backup_bytes', 'What it takes on disk.', facts.bytes],
  ] as const;
  const draft = join(folder, `.${METRICS_FILE}`);
  await writeFile(draft, lines.map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`).join(''));
  await rename(draft, join(folder, METRICS_FILE));
}
