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

/** The branch, moved as git moves it: its lock file keeps every other git away, and takes the place of the branch's own. */
export class BranchLock {
  private constructor(private readonly file: string) {}

  /** Throws REPOSITORY_BUSY where somebody else holds the branch. The caller is our only writer. */
  static async take(repository: string, to: string): Promise<BranchLock> {
    const lock = new BranchLock(join(repository, BRANCH));
    await lock.write(to).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      await removeStaleLocks(repository);
      await lock.write(to);
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new Fault(REPOSITORY_BUSY, { detail: 'git holds the branch', cause: error, retryAfterSeconds: 1 }) : error;
    });
    return lock;
  }

  /** When this resolves the branch is on disk. Its objects must be before. */
  async move(): Promise<void> {
    await rename(`${this.file}.lock`, this.file).catch(async (error: unknown) => {
      await this.release();
      throw error;
    });
    await syncFolder(dirname(this.file));
  }

  /** Leaves the branch where it is. */
  async release(): Promise<void> {
    await rm(`${this.file}.lock`, { force: true });
  }

  private async write(to: string): Promise<void> {
    await writeNewFile(`${this.file}.lock`, `${to}\n`, FILE);
  }
}

/** Takes away the lock files that a crash left behind: those of a time before this process, or too old for any git. */
export async function removeStaleLocks(repository: string): Promise<void> {
  for (const name of ['HEAD.lock', `${BRANCH}.lock`]) {
    const file = join(repository, name);
    const found = await stat(file).catch(() => undefined);
    if (found && (found.mtimeMs < STARTED_AT || Date.now() - found.mtimeMs > LOCK_STALE_MS)) await unlink(file);
  }
}
