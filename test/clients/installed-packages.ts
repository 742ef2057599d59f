import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runWell } from './run-program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/clients');
/** Hundreds of megabytes, at the first time. */
const TIMEOUT_MS = 300_000;
/** No package's own script runs. */
const OPTIONS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

/** The `node_modules` that holds these packages; fetched by npm where they are not there yet. */
export async function packagesFromNpm(packages: readonly string[]): Promise<string> {
  const folder = join(CACHE, packages.join('+').replace(/[^A-Za-z0-9.+-]+/g, '-').replace(/^-/, ''));
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    const unfinished = mkdtempSync(join(CACHE, 'unfinished-'));
    try {
      await npm(['install', '--prefix', unfinished, '--omit=optional', ...packages]);
      renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules');
}

/** Installs the `ai-memory` command from its npm package, as `npm install --global` does, with `prefix` in place of the system's folder. */
export async function installCommand(prefix: string): Promise<void> {
  const packed = mkdtempSync(join(dirname(prefix), 'package-'));
  await runWell(process.execPath, [join(ROOT, 'apps/cli/npm/pack.mjs'), packed], { cwd: ROOT, env: environment(), timeoutMs: TIMEOUT_MS });
  await npm(['install', '--global', '--install-links', '--prefix', prefix, packed]);
  rmSync(packed, { recursive: true });
}

/** Links and all, so that a copied `bin` names the copy. */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

async function npm(args: readonly string[]): Promise<void> {
  await runWell('npm', [...args, ...OPTIONS], { cwd: ROOT, env: environment(), timeoutMs: TIMEOUT_MS });
}

/** npm's own settings and the network's are the person's. */
function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('AI_MEMORY_')));
}
