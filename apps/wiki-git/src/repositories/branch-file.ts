import { rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '#libs/faults';
import { syncFolder, writeNewFile } from './durable-files.js';
import { REPOSITORY_BUSY } from './repositories.faults.js';

export const BRANCH = 'refs/heads/main';

/** No git of ours runs this long, so a lock file older than this belongs to none. */
const LOCK_STALE_MS = 15_000;
const STARTED_AT = Date.now() - process.uptime() * 1_000;
const FILE = 0o644;

/**
 * Moves the branch as git does, under git's lock: where `isExpected` says, once nobody else can move it any more, that it
 * stands where it should. When this resolves the move is on disk. The commit's objects must be before.
 */
export async function moveBranchFile(repository: string, to: string, isExpected: () => Promise<boolean>): Promise<void> {
  const file = join(repository, BRANCH);
  const lock = `${file}.lock`;
  try {
    await writeNewFile(lock, `${to}\n`, FILE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Fault(REPOSITORY_BUSY, { detail: 'git holds the branch', cause: error, retryAfterSeconds: 1 });
  }
  try {
    if (!(await isExpected())) throw new Fault(REPOSITORY_BUSY, { detail: 'the branch has moved', retryAfterSeconds: 1 });
    await rename(lock, file);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/**
 * Takes away the lock files that a crash left behind: those of a time before this process, or too old for any git. The
 * caller is the only writer.
 */
export async function removeStaleLocks(repository: string): Promise<void> {
  for (const name of ['HEAD.lock', `${BRANCH}.lock`]) {
    const file = join(repository, name);
    const found = await stat(file).catch(() => undefined);
    if (found && (found.mtimeMs < STARTED_AT || Date.now() - found.mtimeMs > LOCK_STALE_MS)) await unlink(file);
  }
}
