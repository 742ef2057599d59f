import { simpleGit } from 'simple-git';
import { type LoggedCommit, parseLog } from './git-log.js';
import { measuredGit } from './git-metrics.js';

const SILENT_MS_MAX = 5_000;

/** `git log` with arguments that are fixed in the code or checked. */
export async function readLog(directory: string, environment: Record<string, string>, args: readonly string[]): Promise<LoggedCommit[]> {
  const git = simpleGit({
    baseDir: directory,
    timeout: { block: SILENT_MS_MAX },
    allowEnvironment: Object.keys(environment),
    // The guards are about values from outside; this environment is our own and fixed.
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true },
  });
  return measuredGit('log', async () => parseLog(await git.env(environment).raw(['log', ...args])));
}
