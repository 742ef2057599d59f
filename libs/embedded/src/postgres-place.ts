import { randomUUID } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, readlinkSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { POSTGRES_FAILED, refusal } from './embedded.faults.js';
import { findPostgresBinaries, reachableBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { findAccount, mayReach, type Account } from './server-account.js';

/** Where root keeps what another user must reach; its own folders are usually closed to everybody else. */
const SHARED_DIR = '/var/lib/ai-memory';

export interface PostgresPlace {
  readonly binaries: PostgresBinaries;
  /** Real path of the database files, which may not exist yet; its parent does. */
  readonly clusterDir: string;
  /** Whom Postgres runs as; undefined means as ourselves. */
  readonly account: Account | undefined;
}

/**
 * Decides where the cluster of a data folder is and whom it runs as. `<dataDir>/postgres` always leads to it.
 * Postgres refuses to run as root, so root's runs as `postgres` or `nobody`, and moves to /var/lib when that user cannot reach the data folder.
 */
export function placePostgres(dataDir: string): PostgresPlace {
  const binaries = findPostgresBinaries();
  const entry = join(realpathSync(dataDir), 'postgres');
  const owner = ownerOf(targetOf(entry));
  if (process.getuid?.() !== 0) return placeForOurselves(binaries, targetOf(entry), owner);
  const account = owner && owner.uid > 0 ? owner : namedAccount();
  const clusterDir = placeForAccount(entry, account);
  return { binaries: reachableBinaries(binaries, account, openSharedDir()), clusterDir, account };
}

function placeForOurselves(binaries: PostgresBinaries, clusterDir: string, owner: Account | undefined): PostgresPlace {
  const isOurs = owner === undefined || owner.uid === process.getuid?.() || process.platform === 'win32';
  if (isOurs) return { binaries, clusterDir, account: undefined };
  throw refusal(POSTGRES_FAILED, `The database in ${clusterDir} belongs to user ${owner.uid}: run as that user or as root, or set AI_MEMORY_DATA_DIR to another folder.`);
}

function placeForAccount(entry: string, account: Account): string {
  const isPlaced = lstatSync(entry, { throwIfNoEntry: false }) !== undefined;
  if (!isPlaced && !mayReach(join(entry, '..'), account)) {
    symlinkSync(join(openSharedDir('clusters'), randomUUID()), entry);
  }
  const clusterDir = targetOf(entry);
  if (mayReach(join(clusterDir, '..'), account)) return clusterDir;
  throw refusal(POSTGRES_FAILED, `Postgres cannot run as root, and user ${account.uid} cannot reach ${clusterDir}: open the folders above it (chmod o+x), or run as an ordinary user.`);
}

/** The link is made before the cluster, so that a run that was killed between the two is continued and not forgotten. */
function targetOf(entry: string): string {
  return lstatSync(entry, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(entry) : entry;
}

/** Who made a cluster keeps running it, whichever accounts the machine has gained since. */
function ownerOf(clusterDir: string): Account | undefined {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  return owner && { uid: owner.uid, gid: owner.gid };
}

function namedAccount(): Account {
  const account = findAccount(readFileSync('/etc/passwd', 'utf8'), ['postgres', 'nobody']);
  if (account) return account;
  throw refusal(POSTGRES_FAILED, 'Postgres cannot run as root, and there is no user postgres or nobody: run as an ordinary user, or set DATABASE_URL.');
}

function openSharedDir(...below: string[]): string {
  mkdirSync(SHARED_DIR, { recursive: true });
  const folder = join(SHARED_DIR, ...below);
  mkdirSync(folder, { recursive: true });
  chmodSync(SHARED_DIR, 0o755);
  chmodSync(folder, 0o755);
  return folder;
}
