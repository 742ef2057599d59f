import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../client/failure.js';

const TIMEOUT_MS = 30_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const RECORD = '\u001e';
const FIELD = '\u001f';
const PLAIN_FILE = /^100(?:644|755)$/;

export interface TrackedFile {
  readonly path: string;
  readonly blob: string;
  readonly bytes: number;
}

export interface LoggedCommit {
  readonly sha: string;
  readonly at: string;
  readonly author: string;
  readonly subject: string;
  readonly body: string;
  readonly paths: readonly string[];
}

/** Reads what is committed in a checkout, and nothing else: no file that git does not know, nothing over the network. */
export class CheckoutGit {
  private constructor(readonly root: string) {}

  /** Throws where the folder is in no checkout, or nothing is committed yet. */
  static async open(folder: string): Promise<CheckoutGit> {
    const root = await git(folder, ['rev-parse', '--show-toplevel']).catch(() => '');
    if (root === '') throw new Failure(`${folder}: is in no git checkout`);
    await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => {
      throw new Failure(`${folder}: nothing is committed there yet`);
    });
    return new CheckoutGit(root.trim());
  }

  /** Plain files of the last commit, by path. */
  async files(): Promise<TrackedFile[]> {
    const output = await git(this.root, ['ls-tree', '-r', '-l', '-z', '--full-tree', 'HEAD']);
    return output.split('\0').flatMap((line) => {
      const [, mode = '', blob = '', bytes = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
      return PLAIN_FILE.test(mode) ? [{ path, blob, bytes: Number(bytes) }] : [];
    });
  }

  async text({ blob }: TrackedFile): Promise<string> {
    return git(this.root, ['cat-file', 'blob', blob]);
  }

  /** The newest commits without merges, newest first. */
  async commits(countMax: number): Promise<LoggedCommit[]> {
    const format = `--format=${RECORD}%H${FIELD}%aI${FIELD}%aN${FIELD}%s${FIELD}%b${FIELD}`;
    const output = await git(this.root, ['-c', 'log.showSignature=false', '-c', 'core.quotePath=false', 'log', '--no-merges', '--name-only', '--no-color', '--no-ext-diff', `--max-count=${countMax}`, format, 'HEAD']);
    return output.split(RECORD).slice(1).map((record) => {
      const [sha = '', at = '', author = '', subject = '', body = '', paths = ''] = record.split(FIELD);
      return { sha, at: new Date(at).toISOString(), author, subject, body: body.trim(), paths: paths.split('\n').filter((path) => path !== '') };
    });
  }
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  return promisify(execFile)('git', ['-C', folder, ...args], { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX }).then(({ stdout }) => stdout);
}
