import { createBirpc } from 'birpc';
import { simpleGit } from 'simple-git';
import { type GitCommand, runCommand } from './git-command.js';

/** What `git log` prints, with arguments that are fixed in the code or checked; throws where nothing comes for `timeoutMs`. */
async function readLog({ directory, args, environment, timeoutMs }: GitCommand): Promise<string> {
  const git = simpleGit({
    baseDir: directory,
    timeout: { block: timeoutMs },
    allowEnvironment: Object.keys(environment),
    // The guards are about values from outside; this environment is our own and fixed.
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true },
  });
  return git.env(environment).raw([...args]);
}

const functions = { runCommand, readLog };

/** What the process that starts git does for the one that began it. */
export type GitWorker = typeof functions;

// The other process' to heed: while it ends it still needs git.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());

createBirpc(functions, {
  post: (message: unknown) => process.send!(message, undefined, undefined, () => undefined),
  on: (take) => process.on('message', take),
  timeout: -1,
});
