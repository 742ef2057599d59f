import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Git } from '../../../wiki-git/src/git/git.js';
import type { BareRepository } from '../../../wiki-git/src/repositories/bare-repository.js';
import { BRANCH } from '../../../wiki-git/src/repositories/branch-lock.js';
import { RepositoryStore } from '../../../wiki-git/src/repositories/repository-store.js';
import type { WikiGitConfig } from '../../../wiki-git/src/wiki-git.config.js';
import { BACKUP_UNUSABLE, refusal } from './backup.faults.js';
import type { RepositoryFile } from './backup-manifest.js';

/** As git writes them before the pack: https://git-scm.com/docs/gitformat-bundle */
const BUNDLE_SIGNATURE = '# v2 git bundle';
const STDERR_BYTES_MAX = 1_000;
const PACK_TIMEOUT_MS = 600_000;

/** Copies of repositories, taken while others write them, and put back. */
export class RepositoryCopies {
  private readonly git: Git;
  readonly store: RepositoryStore;

  constructor(private readonly config: WikiGitConfig) {
    this.git = new Git(config);
    this.store = new RepositoryStore(config, this.git);
  }

  /**
   * What the branch named when the tables said `recorded`: history only grows, so that it is still there. Where a purge has
   * rewritten history since, what the branch names now: nothing that was purged is copied.
   */
  async headToCopy(repository: BareRepository, recorded: string): Promise<string> {
    const tip = await repository.tip();
    if (tip === null) throw refusal(BACKUP_UNUSABLE, `${repository.directory} has no commit, though the database names ${recorded}. Is AI_MEMORY_DATA_DIR the folder of this installation? If the project is being erased, try again.`);
    return (await repository.isAncestor(recorded, tip)) ? recorded : tip;
  }

  /** A git bundle of the branch as of `head`, that any git can clone. */
  bundle(repository: BareRepository, head: string): Readable {
    const git = this.git.start(repository.directory, ['pack-objects', '--revs', '--stdout', '--quiet', '--delta-base-offset'], {});
    const ended = exitOf(git);
    // At once: what a process that has ended has written, and nobody has begun to read, is thrown away.
    const pack = git.stdout.pipe(new PassThrough());
    git.stdin.end(`${head}\n`);
    return Readable.from((async function* parts(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${BUNDLE_SIGNATURE}\n${head} ${BRANCH}\n\n`);
      for await (const chunk of pack as AsyncIterable<Buffer>) yield chunk;
      const failure = await ended;
      if (failure) throw failure;
    })());
  }

  /** Makes the repository anew from its bundle; what there was under its name is gone. */
  async putBack({ organisation_id: organisationId, project_id: projectId, head }: RepositoryFile, bundle: Readable): Promise<void> {
    await this.store.erase({ organisationId, projectId });
    const repository = this.store.open({ organisationId, projectId });
    await this.store.ensure(repository);
    await this.unbundle(repository, head, bundle);
    await repository.run(['update-ref', BRANCH, head]);
  }

  open({ organisation_id: organisationId, project_id: projectId }: Pick<RepositoryFile, 'organisation_id' | 'project_id'>): BareRepository {
    return this.store.open({ organisationId, projectId });
  }

  /** `git fsck` over all objects; throws with what it says. */
  async checkSound(repository: BareRepository): Promise<void> {
    const { exitCode, stderr, stdout } = await repository.run(['fsck', '--full', '--strict', '--no-dangling', '--no-progress'], { timeoutMs: PACK_TIMEOUT_MS, exitCodes: Array.from({ length: 256 }, (_value, code) => code) });
    if (exitCode !== 0) throw refusal(BACKUP_UNUSABLE, `git fsck of ${repository.directory}: ${(stderr || stdout.toString()).trim().split('\n')[0]}`);
  }

  private async unbundle(repository: BareRepository, head: string, bundle: Readable): Promise<void> {
    const folder = join(this.config.AI_MEMORY_DATA_DIR, 'incoming');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${head}.bundle`);
    try {
      await pipeline(bundle, createWriteStream(path, { mode: 0o600 }));
      await repository.run(['bundle', 'unbundle', path], { timeoutMs: PACK_TIMEOUT_MS });
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Resolves when it has ended, with what was wrong. */
function exitOf(git: ChildProcessWithoutNullStreams): Promise<Error | undefined> {
  let said = '';
  git.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-STDERR_BYTES_MAX)));
  return new Promise((resolve) => {
    git.once('error', resolve);
    git.once('close', (code) => resolve(code === 0 ? undefined : new Error(`git pack-objects ended with ${code}: ${said.trim()}`)));
  });
}
