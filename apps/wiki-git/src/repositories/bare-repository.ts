import { existsSync } from 'node:fs';
import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#libs/faults';
import type { PagePath } from '#libs/wiki-format';
import { BRANCH, fastImportStream, type NewCommit } from './fast-import-stream.js';
import type { Git } from './git.js';
import { type FileChange, logArguments, type LoggedCommit, parseLog } from './git-log.js';
import { GIT_FAILED, REPOSITORY_BUSY } from './repositories.faults.js';
import { readLog } from './simple-log.js';

/** No git of ours runs this long, so a lock file older than this belongs to none. */
const LOCK_STALE_MS = 15_000;
const GAP_TIMEOUT_MS = 50_000;
const SHA = /^[0-9a-f]{40}$/;

/** One project's repository: a line of commits, `refs/heads/main`, that only grows. */
export class BareRepository {
  constructor(private readonly git: Git, readonly directory: string) {}

  get exists(): boolean {
    return existsSync(join(this.directory, 'HEAD'));
  }

  /** The commit that the branch names; null where there is none yet. */
  async tip(): Promise<string | null> {
    if (!this.exists) return null;
    const { stdout } = await this.git.run(this.directory, ['for-each-ref', '--format=%(objectname)', BRANCH]);
    return stdout.toString().trim() || null;
  }

  async description(): Promise<string> {
    return (await readFile(join(this.directory, 'description'), 'utf8')).trim();
  }

  /** For people who look at the folder; not part of what is kept safe. */
  async describe(description: string): Promise<void> {
    await writeFile(join(this.directory, 'description'), `${description.replace(/\s+/g, ' ')}\n`);
  }

  /**
   * Makes the commit and moves the branch to it, from `parent` and from nowhere else: a branch that stands elsewhere stays,
   * and REPOSITORY_BUSY is thrown. When this resolves, commit and branch are on disk.
   */
  async commit(commit: NewCommit): Promise<string> {
    await this.removeStaleLocks();
    const { stdout, stderr, exitCode } = await this.git.run(this.directory, ['fast-import', '--quiet', '--date-format=raw'], { input: fastImportStream(commit), exitCodes: [0, 1] });
    if (exitCode !== 0) throw new Fault(REPOSITORY_BUSY, { detail: stderr.trim(), retryAfterSeconds: 1 });
    return checkedSha(stdout.toString().trim());
  }

  /** Also false where the repository, being an older copy, does not have `ancestor`. */
  async isAncestor(ancestor: string, commit: string): Promise<boolean> {
    const { exitCode } = await this.git.run(this.directory, ['merge-base', '--is-ancestor', '--end-of-options', ancestor, commit], { exitCodes: [0, 1, 128] });
    return exitCode === 0;
  }

  /** Commits after `from` up to `to`, oldest first, along the line of heads. */
  async commitsBetween(from: string | null, to: string): Promise<LoggedCommit[]> {
    const range = from ? `${from}..${to}` : to;
    const { stdout } = await this.git.run(this.directory, ['log', '--reverse', ...logArguments({ hasMessage: false }), '--end-of-options', range, '--'], { timeoutMs: GAP_TIMEOUT_MS });
    return parseLog(stdout.toString());
  }

  /** A commit without its changes. */
  async commitAt(commit: string): Promise<LoggedCommit> {
    const { stdout } = await this.git.run(this.directory, ['log', '--max-count=1', ...logArguments({ hasMessage: false }), '--end-of-options', commit, '--']);
    return { ...parseLog(stdout.toString())[0]!, changes: [] };
  }

  /** Every file of a commit, with the status that it would have if nothing had been there before. */
  async files(commit: string): Promise<FileChange[]> {
    const { stdout } = await this.git.run(this.directory, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], { timeoutMs: GAP_TIMEOUT_MS });
    return stdout.toString().split('\0').filter((line) => line !== '').map((line) => {
      const [, mode = '', blob = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line) ?? [];
      return { path, mode, blob, status: 'A' };
    });
  }

  /** Contents by sha, without those that are absent, no files, or larger than `bytesMax`. */
  async contents(blobs: readonly string[], bytesMax: number): Promise<Map<string, Buffer>> {
    const { stdout: sizes } = await this.catFile('--batch-check=%(objectname) %(objecttype) %(objectsize)', blobs);
    const small = sizes.toString().split('\n').map((line) => line.split(' ')).filter(([, type, bytes]) => type === 'blob' && Number(bytes) <= bytesMax);
    const { stdout } = await this.catFile('--batch=%(objectname) %(objectsize)', small.map(([sha]) => sha!));
    return splitBatch(stdout);
  }

  /** The newest commits that changed a file, as of `commit` or the branch; none where the commit or the file is unknown. */
  async history(path: PagePath, limit: number, commit: string | null): Promise<LoggedCommit[]> {
    const from = commit === null || !this.exists ? await this.tip() : await this.knownCommit(commit);
    if (from === null) return [];
    return readLog(this.directory, this.git.environment(this.directory), [`--max-count=${limit}`, ...logArguments({ hasMessage: true }), '--end-of-options', from, '--', path]);
  }

  private async knownCommit(commit: string): Promise<string | null> {
    const { exitCode } = await this.git.run(this.directory, ['cat-file', '-e', `${checkedSha(commit)}^{commit}`], { exitCodes: [0, 1, 128] });
    return exitCode === 0 ? commit : null;
  }

  private async catFile(format: string, blobs: readonly string[]): Promise<{ stdout: Buffer }> {
    if (blobs.length === 0) return { stdout: Buffer.alloc(0) };
    return this.git.run(this.directory, ['cat-file', format, '--buffer'], { input: Buffer.from(`${blobs.map(checkedSha).join('\n')}\n`) });
  }

  /** A machine that stopped in the middle of a commit leaves git's lock files behind. The caller is the only writer. */
  private async removeStaleLocks(): Promise<void> {
    for (const name of ['HEAD.lock', `${BRANCH}.lock`]) {
      const file = join(this.directory, name);
      const found = await stat(file).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > LOCK_STALE_MS) await unlink(file);
    }
  }
}

function splitBatch(output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    const lineEnd = output.indexOf('\n', at);
    const [sha = '', bytes = '0'] = output.toString('latin1', at, lineEnd).split(' ');
    contents.set(sha, output.subarray(lineEnd + 1, lineEnd + 1 + Number(bytes)));
    at = lineEnd + 1 + Number(bytes) + 1;
  }
  return contents;
}

function checkedSha(sha: string): string {
  if (!SHA.test(sha)) throw new Fault(GIT_FAILED, { detail: 'git gave no sha' });
  return sha;
}
