import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Fault } from '#libs/faults';
import type { PagePath } from '#libs/wiki-format';
import type { GitObject } from '../objects/git-object.js';
import { BRANCH, BranchLock, removeStaleLocks } from './branch-lock.js';
import { bareIdentity, type CommitAuthor } from './commit-message.js';
import { syncFolder, writeNewFile } from './durable-files.js';
import type { Git, GitOptions } from '../git/git.js';
import type { GitResult } from '../git/git-command.js';
import { type BlamedLines, parseBlame } from './git-blame.js';
import { type FileChange, logArguments, type LoggedCommit, parseLog } from './git-log.js';
import { writePack } from './pack-file.js';
import { GIT_FAILED } from '../git/git.faults.js';
import { REPOSITORY_BUSY } from './repositories.faults.js';

/** Less than who asks waits. */
const SEARCH_TIMEOUT_MS = 1_300;
const BLAME_TIMEOUT_MS = 4_500;
const GAP_TIMEOUT_MS = 50_000;
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/**
 * Beside the pages and no page: what a program last made of each page that people have changed since. Without it the next
 * making would take their changes for its own.
 */
export const GENERATED_FOLDER = '.generated/';
const NO_COMMIT = '0'.repeat(40);
/** `git merge-file` ends with the number of conflicts, at most 127. */
const CONFLICT_EXIT_CODES = Array.from({ length: 128 }, (_value, index) => index);
const SHA = /^[0-9a-f]{40}$/;
const FILE = 0o644;
const PENDING_REFLOG = 'pending-reflog';

/** One project's repository: a line of commits, `refs/heads/main`, that only grows. */
export class BareRepository {
  /** `environment` is for git, beside its own: where else objects are, for instance. */
  constructor(private readonly git: Git, readonly directory: string, private readonly environment: Readonly<Record<string, string>> = {}) {}

  /** The same repository, with objects that lie beside it and are not part of it yet. */
  withObjects(environment: Readonly<Record<string, string>>): BareRepository {
    return new BareRepository(this.git, this.directory, environment);
  }

  async run(args: readonly [command: string, ...rest: string[]], options: GitOptions = {}): Promise<GitResult> {
    return this.git.run(this.directory, args, { ...options, environment: this.environment });
  }

  get exists(): boolean {
    return existsSync(join(this.directory, 'HEAD'));
  }

  /** The commit that the branch names; null where there is none yet. */
  async tip(): Promise<string | null> {
    if (!this.exists) return null;
    const loose = await readFile(join(this.directory, BRANCH), 'utf8').catch(() => '');
    if (SHA.test(loose.trim())) return loose.trim();
    if (!existsSync(join(this.directory, 'packed-refs'))) return null;
    const { stdout } = await this.run(['for-each-ref', '--format=%(objectname)', BRANCH]);
    return stdout.toString().trim() || null;
  }

  /** The commit that was the branch's at a time, as commits tell it; null where there was none yet. */
  async tipAsOf(time: Date): Promise<string | null> {
    if ((await this.tip()) === null) return null;
    const { stdout } = await this.run(['rev-list', '--max-count=1', '--first-parent', `--before=${Math.floor(time.getTime() / 1_000)}`, '--end-of-options', BRANCH]);
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
   * Makes objects part of the repository, and holds the branch for a move from `from` to a commit among them: what is left
   * to do costs one file name. Throws REPOSITORY_BUSY where the branch stands elsewhere, or a person's git moves it.
   */
  async stage(objects: readonly GitObject[], from: string | null, to: string): Promise<BranchLock> {
    const lock = await BranchLock.take(this.directory, to);
    try {
      if ((await this.tip()) !== from) throw new Fault(REPOSITORY_BUSY, { detail: 'the branch has moved', retryAfterSeconds: 1 });
      await writePack(this.directory, objects);
      return lock;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Two changes of a text brought together by git; where they meet, all three stand between marks of the given size. */
  async mergeTexts(current: string, base: string, incoming: string, size: number): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'ai-memory-merge-'));
    try {
      const files = ['current', 'base', 'incoming'].map((name) => join(folder, name)) as [string, string, string];
      await Promise.all([current, base, incoming].map((text, index) => writeFile(files[index]!, text)));
      const { stdout } = await this.run(['merge-file', '-p', '--quiet', '--diff3', `--marker-size=${size}`, ...files], { exitCodes: CONFLICT_EXIT_CODES });
      return stdout.toString();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Moves the branch to a commit whose objects are there, from `from` and from nowhere else, and notes in the reflog who did. */
  async moveTip(from: string | null, to: string, by: Pick<CommitAuthor, 'name' | 'email'>, note: string): Promise<void> {
    await removeStaleLocks(this.directory);
    const { name, email } = bareIdentity(by);
    const environment = { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
    const args = ['--create-reflog', '-m', note, BRANCH, checkedSha(to), from ?? NO_COMMIT];
    const { exitCode, stderr } = await this.git.run(this.directory, ['update-ref', ...args], { environment, exitCodes: [0, 1, 128] });
    if (exitCode !== 0) throw new Fault(REPOSITORY_BUSY, { detail: stderr.trim(), retryAfterSeconds: 1 });
  }

  /**
   * Moves the branch from `from` to a commit that need not follow on it, and puts `reflog` in the place of what was noted
   * of its moves: first beside, so that a machine that stops in between still has it.
   */
  async replaceTip(from: string, to: string, reflog: string): Promise<void> {
    await removeStaleLocks(this.directory);
    const pending = join(this.directory, PENDING_REFLOG);
    await writeSynced(pending, `${to}\n${reflog}`);
    await this.run(['update-ref', BRANCH, checkedSha(to), from]);
    await this.settleReflog();
  }

  /** Ends a `replaceTip` that stopped in between. */
  async settleReflog(): Promise<void> {
    const pending = join(this.directory, PENDING_REFLOG);
    const text = await readFile(pending, 'utf8').catch(() => undefined);
    if (text === undefined) return;
    const [tip = ''] = text.split('\n', 1);
    if (tip === (await this.tip())) {
      await mkdir(join(this.directory, 'logs/refs/heads'), { recursive: true });
      await writeSynced(join(this.directory, 'logs', BRANCH), text.slice(tip.length + 1));
      await rm(join(this.directory, 'logs/HEAD'), { force: true });
    }
    await rm(pending);
  }

  /** The moves of the branch, oldest first, as git notes them; empty where none is noted. */
  async reflog(): Promise<string> {
    return readFile(join(this.directory, 'logs', BRANCH), 'utf8').catch(() => '');
  }

  /** Ids of the commits that `to` has and `from` has not, at most `limit`; none where the repository, being an older copy, has neither. */
  async commitIds(from: string | null, to: string, limit: number): Promise<string[]> {
    const { stdout } = await this.run(['rev-list', `--max-count=${limit}`, '--end-of-options', from ? `${from}..${to}` : to], { timeoutMs: GAP_TIMEOUT_MS, exitCodes: [0, 128] });
    return stdout.toString().split('\n').filter((line) => line !== '');
  }

  /** Also false where the repository, being an older copy, does not have `ancestor`. */
  async isAncestor(ancestor: string, commit: string): Promise<boolean> {
    const { exitCode } = await this.run(['merge-base', '--is-ancestor', '--end-of-options', ancestor, commit], { exitCodes: [0, 1, 128] });
    return exitCode === 0;
  }

  /** Commits after `from` up to `to`, oldest first, along the line of heads. */
  async commitsBetween(from: string | null, to: string): Promise<LoggedCommit[]> {
    const range = from ? `${from}..${to}` : to;
    const { stdout } = await this.run(['log', '--reverse', ...logArguments({ hasMessage: false }), '--end-of-options', range, '--'], { timeoutMs: GAP_TIMEOUT_MS });
    return parseLog(stdout.toString());
  }

  /** At most `limit` commits that `to` has and `from` has not, newest first, with their messages; of merges what no parent has. */
  async everyCommit(from: string | null, to: string, limit: number): Promise<LoggedCommit[]> {
    const range = from ? `${from}..${to}` : to;
    const args = [`--max-count=${limit}`, ...logArguments({ hasMessage: true, isEveryCommit: true }), '--end-of-options', range, '--'];
    const { stdout } = await this.run(['log', ...args], { timeoutMs: GAP_TIMEOUT_MS });
    return parseLog(stdout.toString());
  }

  /** A commit without its changes. */
  async commitAt(commit: string): Promise<LoggedCommit> {
    const { stdout } = await this.run(['log', '--max-count=1', ...logArguments({ hasMessage: false }), '--end-of-options', commit, '--']);
    return { ...parseLog(stdout.toString())[0]!, changes: [] };
  }

  /** Every file of a commit, with the status that it would have if nothing had been there before. */
  async files(commit: string): Promise<FileChange[]> {
    const { stdout } = await this.run(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], { timeoutMs: GAP_TIMEOUT_MS });
    return stdout.toString().split('\0').filter((line) => line !== '').map((line) => {
      const [, mode = '', blob = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line) ?? [];
      return { path, mode, blob, status: 'A' };
    });
  }

  /** Where any of the words stands in the files of a commit, whatever the case: `[path, what stands there]`. */
  async occurrences(commit: string, words: readonly string[]): Promise<[path: string, word: string][]> {
    const args = ['--only-matching', '--ignore-case', '--fixed-strings', '--text', '--null', '--no-color', '-f', '-', commit, '--'];
    const { stdout } = await this.run(['grep', ...args], { input: Buffer.from(`${words.join('\n')}\n`), exitCodes: [0, 1], timeoutMs: SEARCH_TIMEOUT_MS });
    return stdout.toString().split('\n').filter((line) => line !== '').map((line) => {
      const [place = '', word = ''] = line.split('\0');
      return [place.slice(commit.length + 1), word.toLowerCase()];
    });
  }

  /** Contents by sha, without those that are absent, no files, or larger than `bytesMax`. */
  async contents(blobs: readonly string[], bytesMax: number): Promise<Map<string, Buffer>> {
    const sizes = await this.sizes(blobs);
    const small = [...sizes].filter(([, bytes]) => bytes <= bytesMax).map(([sha]) => sha);
    const { stdout } = await this.catFile('--batch=%(objectname) %(objectsize)', small);
    return splitBatch(stdout);
  }

  /** Trees and commits by sha, as git keeps them; throws GIT_FAILED where one is absent. */
  async objects(shas: readonly string[]): Promise<Map<string, Buffer>> {
    const { stdout } = await this.catFile('--batch=%(objectname) %(objectsize)', shas);
    const found = splitBatch(stdout);
    const absent = shas.find((sha) => !found.has(sha));
    if (absent) throw new Fault(GIT_FAILED, { detail: `object ${absent} is absent`, retryAfterSeconds: 5 });
    return found;
  }

  /** Bytes by sha, without those that are absent or no files. */
  async sizes(blobs: readonly string[]): Promise<Map<string, number>> {
    const { stdout } = await this.catFile('--batch-check=%(objectname) %(objecttype) %(objectsize)', blobs);
    const lines = stdout.toString().split('\n').map((line) => line.split(' '));
    return new Map(lines.filter(([, type]) => type === 'blob').map(([sha = '', , bytes]) => [sha, Number(bytes)]));
  }

  /** The newest commits that changed a file or one beside it, as of `commit` or the branch; none where the commit or the files are unknown. */
  async history(path: PagePath, limit: number, commit: string | null, beside: readonly string[] = []): Promise<LoggedCommit[]> {
    const from = commit === null || !this.exists ? await this.tip() : await this.knownCommit(commit);
    if (from === null) return [];
    return parseLog(await this.git.log(this.directory, [`--max-count=${limit}`, ...logArguments({ hasMessage: true }), '--end-of-options', from, '--', path, ...beside]));
  }

  /** What changed in a file between two known commits, as a unified diff; from nothing where `from` is null. */
  async diff(path: PagePath, from: string | null, to: string): Promise<string> {
    const args = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--unified=3'];
    const { stdout } = await this.run(['diff', ...args, '--end-of-options', from ?? EMPTY_TREE, to, '--', path]);
    return stdout.toString();
  }

  /** Who wrote each line of a file last, as of a known commit. */
  async blame(path: PagePath, commit: string): Promise<BlamedLines[]> {
    const { stdout } = await this.run(['blame', '--incremental', checkedSha(commit), '--', path], { timeoutMs: BLAME_TIMEOUT_MS });
    return parseBlame(stdout.toString());
  }

  /** Commits along the line of heads that pass git's own filters, newest first, at most `limit`. */
  async commitsMatching(filters: readonly string[], limit: number): Promise<LoggedCommit[]> {
    const args = [`--max-count=${limit}`, '--fixed-strings', ...filters, ...logArguments({ hasMessage: false })];
    const { stdout } = await this.run(['log', ...args, '--end-of-options', BRANCH, '--'], { timeoutMs: GAP_TIMEOUT_MS });
    return parseLog(stdout.toString());
  }

  async knownCommit(commit: string): Promise<string | null> {
    const { exitCode } = await this.run(['cat-file', '-e', `${checkedSha(commit)}^{commit}`], { exitCodes: [0, 1, 128] });
    return exitCode === 0 ? commit : null;
  }

  private async catFile(format: string, blobs: readonly string[]): Promise<{ stdout: Buffer }> {
    if (blobs.length === 0) return { stdout: Buffer.alloc(0) };
    return this.run(['cat-file', format, '--buffer'], { input: Buffer.from(`${blobs.map(checkedSha).join('\n')}\n`) });
  }
}

function splitBatch(output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    const lineEnd = output.indexOf('\n', at);
    const [sha = '', bytes = '0'] = output.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (bytes === 'missing') continue;
    contents.set(sha, output.subarray(at, at + Number(bytes)));
    at += Number(bytes) + 1;
  }
  return contents;
}

function checkedSha(sha: string): string {
  if (!SHA.test(sha)) throw new Fault(GIT_FAILED, { detail: 'git gave no sha' });
  return sha;
}

/** The whole text is in the file and on disk, or the file is as it was. */
async function writeSynced(path: string, text: string): Promise<void> {
  await rm(`${path}.new`, { force: true });
  await writeNewFile(`${path}.new`, text, FILE);
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}
