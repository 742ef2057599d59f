import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { BareRepository } from './bare-repository.js';
import { WriteTurns } from './write-turns.js';

/** More packs than this make every look-up slow. */
const PACKS_MAX = 32;
const REPACK_TIMEOUT_MS = 300_000;
const PRUNE_TIMEOUT_MS = 60_000;
const WAITING_MAX = 100;
const WAIT_MS_MAX = 600_000;
/** What git or we leave in the folder when something fails: it names paths, or holds objects. */
const LEFTOVER = /^(fast_import_crash_|purge-marks)/;

/** Puts the packs of a repository together. One at a time: a pack that two of them work on would come back when it is taken away. */
@Injectable()
export class RepositoryPacks {
  private readonly turns = new WriteTurns(WAITING_MAX, WAIT_MS_MAX);

  /** Beside writers and readers; never takes an object away. False where there was nothing to do. */
  putTogether(repository: BareRepository): Promise<boolean> {
    return this.turns.take(repository.directory, async () => {
      const names = await readdir(join(repository.directory, 'objects/pack'));
      if (names.filter((name) => name.endsWith('.pack')).length <= PACKS_MAX) return false;
      // Each pack at least twice as large as the next: a write is packed again only as often as the logarithm says.
      await repository.run(['repack', '-d', '--geometric=2', '--quiet'], { timeoutMs: REPACK_TIMEOUT_MS });
      // Which paths each commit may have changed: without it a page's history looks into every commit that there is.
      await repository.run(['commit-graph', 'write', '--reachable', '--changed-paths', '--split', '--no-progress'], { timeoutMs: REPACK_TIMEOUT_MS });
      return true;
    });
  }

  /** Takes every object away that no commit of the branch needs. The caller is the repository's only writer. */
  dropUnreachable(repository: BareRepository): Promise<void> {
    return this.turns.take(repository.directory, async () => {
      // It names commits and paths that are to go; the next time that packs are put together makes it anew.
      await rm(join(repository.directory, 'objects/info/commit-graphs'), { recursive: true, force: true });
      await repository.run(['repack', '-a', '-d', '--no-write-bitmap-index', '--quiet'], { timeoutMs: REPACK_TIMEOUT_MS });
      await repository.run(['prune', '--expire=now'], { timeoutMs: PRUNE_TIMEOUT_MS });
      for (const name of (await readdir(repository.directory)).filter((each) => LEFTOVER.test(each))) await rm(join(repository.directory, name), { force: true });
    });
  }
}
