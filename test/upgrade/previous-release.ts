import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILD_TIMEOUT_MS = 300_000;

/** Another commit of this project, checked out and built in a folder of its own. */
export interface Checkout {
  root: string;
  remove(): void;
}

/** Uses this checkout's packages where that commit asks for the same ones, and else installs its own. */
export function checkOut(commit: string, root: string): Checkout {
  git('worktree', 'add', '--detach', root, commit);
  const isSame = readFileSync(join(root, 'package-lock.json'), 'utf8') === readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  if (isSame) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  else run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root);
  run(process.execPath, ['--input-type=module', '-e', "import { build } from './scripts/build.mjs'; await build(process.cwd());"], root);
  return {
    root,
    remove: () => {
      rmSync(join(root, 'node_modules'), { recursive: true, force: true });
      git('worktree', 'remove', '--force', root);
    },
  };
}

function git(...args: string[]): void {
  run('git', args, ROOT);
}

function run(command: string, args: string[], cwd: string): void {
  execFileSync(command, args, { cwd, timeout: BUILD_TIMEOUT_MS, stdio: ['ignore', 'inherit', 'inherit'] });
}
