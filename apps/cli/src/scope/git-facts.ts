import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { normaliseRemote } from '#libs/agents';

const TIMEOUT_MS = 2_000;
/** A fork's upstream is the project that all its forks are about. */
const REMOTES = ['upstream', 'origin'];

export interface GitFacts {
  /** The normalised remote, without credentials. */
  remote: string | null;
  /** The main worktree's folder, also where this is another worktree. */
  root: string | null;
}

/** What git says about a folder; nothing where it is no checkout, or there is no git. */
export async function readGitFacts(folder: string): Promise<GitFacts> {
  const [commonDir, ...urls] = await Promise.all([
    git(folder, 'rev-parse', '--git-common-dir'),
    ...REMOTES.map((remote) => git(folder, 'config', '--get', `remote.${remote}.url`)),
  ]);
  const remotes = urls.map((url) => url && normaliseRemote(url));
  return { remote: remotes.find(Boolean) || null, root: commonDir ? dirname(resolve(folder, commonDir)) : null };
}

async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  return promisify(execFile)('git', ['-C', folder, ...args], { timeout: TIMEOUT_MS }).then(({ stdout }) => stdout.trim(), () => undefined);
}
