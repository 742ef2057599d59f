import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { POSTGRES_FAILED, refusal } from './embedded.faults.js';
import type { PostgresPlace } from './postgres-place.js';

export const DATABASE = 'ai_memory';
export const SUPERUSER = 'postgres';

/** Postgres gets nothing of our environment: a PGDATA or a locale of the user's must not change what it does. */
export const POSTGRES_ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** macOS has no `C.UTF-8` of its own; both classify letters as Unicode does. */
const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** The cluster exists afterwards, holds the database and takes the password. It appears whole: a run that is killed half-way leaves none. */
export async function ensureCluster(place: PostgresPlace, dataDir: string, log: (line: string) => void): Promise<{ password: string }> {
  const { password, isNew } = ensurePassword(join(dataDir, 'postgres-password'));
  if (existsSync(join(place.clusterDir, 'PG_VERSION'))) {
    if (isNew) await runSql(place, place.clusterDir, `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'`);
    return { password };
  }
  log(`making the database in ${place.clusterDir} (first start only)`);
  removeUnfinished(place.clusterDir);
  await createCluster(place, password);
  return { password };
}

/** Letters, digits, `-` and `_`: fits into SQL and a URL as it is. */
function ensurePassword(path: string): { password: string; isNew: boolean } {
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (kept) return { password: kept, isNew: false };
  const password = randomBytes(24).toString('base64url');
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
  return { password, isNew: true };
}

/**
 * A file of the log that is new, as all are until a first checkpoint leaves some to use again, is filled with zeros while
 * every commit waits: 60 to 100 ms under load for Postgres' own 16 MiB.
 */
const WAL_SEGMENT_MIB = '4';

async function createCluster(place: PostgresPlace, password: string): Promise<void> {
  const draft = mkdtempSync(draftPrefix(place.clusterDir));
  const passwordFile = join(draft, 'password');
  const files = join(draft, 'files');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.account) for (const path of [draft, passwordFile]) chownSync(path, place.account.uid, place.account.gid);
  await run(place, 'initdb', [
    '--pgdata', files, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', LOCALE, '--no-instructions', '--wal-segsize', WAL_SEGMENT_MIB,
  ]);
  await runSql(place, files, `CREATE DATABASE ${DATABASE}`);
  renameSync(files, place.clusterDir);
  rmSync(draft, { recursive: true, force: true });
}

const draftPrefix = (clusterDir: string) => `${clusterDir}.new-`;

function removeUnfinished(clusterDir: string): void {
  const prefix = basename(draftPrefix(clusterDir));
  for (const name of readdirSync(dirname(clusterDir))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(clusterDir), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs one statement with no server up and nobody to ask for a password. */
async function runSql(place: PostgresPlace, files: string, statement: string): Promise<void> {
  await run(place, 'postgres', ['--single', '-D', files, '-c', 'exit_on_error=true', 'postgres'], `${statement};\n`);
}

/** Resolves when the program ended well; otherwise throws a Fault that repeats its last complaint. */
function run(place: PostgresPlace, program: string, args: string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(place.binaries.folder, 'bin', program), args, { cwd: dirname(place.clusterDir), env: POSTGRES_ENV, ...place.account });
    const said: string[] = [];
    const fail = (ending: string) => reject(refusal(POSTGRES_FAILED, `The database files cannot be made: ${program} ${ending}: ${lastComplaint(said.join(''))}`));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => said.push(chunk));
    child.on('error', (error) => fail(`could not be started (${error.message})`));
    child.on('close', (code) => (code === 0 ? resolve() : fail(`exited with code ${code}`)));
    child.stdin.on('error', (error) => said.push(`\nFATAL: ${error.message}`)).end(input);
  });
}

/** The last error that Postgres wrote, or its last line. */
export function lastComplaint(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter(Boolean);
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return complaint.replace(/^.*?\b(?:FATAL|PANIC|ERROR|error):\s*/, '');
}
