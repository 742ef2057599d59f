import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the sources and in a build; at the root of the npm package. */
const FOLDERS = ['../../hook/', '../../../../../apps/cli/hook/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
/** What agents' command lines name, and the folder of its parts. */
const WANTED = /^hook\.(sh|ps1|d[\\/].+\.\w+)$/;

/** A file that agents run at their events, as it belongs into a client home. Needs no permission to be executed. */
export interface HookFile {
  /** From the client home. */
  path: string;
  text: string;
}

/** Everything that has to be in a client home for its hooks to work. */
export function hookFiles(): HookFile[] {
  const folder = FOLDERS.find((each) => existsSync(join(each, 'hook.sh')));
  if (!folder) throw new Error(`The hooks are missing: ${FOLDERS.join(', ')}`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => WANTED.test(path)).sort()
    .map((path) => ({ path: path.replaceAll(sep, '/'), text: readFileSync(join(folder, path), 'utf8') }));
}

/** The paths of those that are missing in a client home, or are not as they come with this version. */
export function changedHookFiles(home: string): string[] {
  return hookFiles().filter(({ path, text }) => !existsSync(join(home, path)) || readFileSync(join(home, path), 'utf8') !== text).map(({ path }) => path);
}
