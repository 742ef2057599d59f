import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientHome } from '../client/client-home.js';
import { writeAtomically } from '../files/atomic-write.js';
import { changedHookFiles, hookFiles } from '../spool/hook-files.js';

const MODE = 0o600;

/**
 * Puts the hook into the client's home, because agents' files must name a place that stays while the package comes and goes;
 * and the server's address, without which the hook keeps everything to itself.
 */
export async function installHook(home: ClientHome, serverUrl: string): Promise<void> {
  await home.ensure();
  const changed = new Set(changedHookFiles(home.path));
  for (const { path, text } of hookFiles()) if (changed.has(path)) await writeAtomically(join(home.path, path), text, { mode: MODE });
  if (!existsSync(home.configPath)) await home.writeSetting('server_url', serverUrl);
}

/** How many files of the hook are not there, and how many are not those of this version. */
export function hookDefects(home: ClientHome): { missing: number; different: number } {
  const changed = changedHookFiles(home.path);
  const missing = changed.filter((path) => !existsSync(join(home.path, path))).length;
  return { missing, different: changed.length - missing };
}
