import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { behindLinks, modeOf } from './atomic-write.js';

const OWNER_MAY_WRITE = 0o200;

/**
 * Why a file may not be written, for people; undefined where it may. Whoever has taken the right to write away from a file meant
 * that, even where its folder would let us put another in its place.
 */
export async function whyReadOnly(path: string): Promise<string | undefined> {
  const target = await behindLinks(path);
  const mode = await modeOf(target);
  if (mode !== undefined && ((mode & OWNER_MAY_WRITE) === 0 || !(await mayWrite(target)))) return 'it is read-only';
  return whyNoFileIn(dirname(target));
}

/** Of the folder, or where it is still to be made the nearest one above it. */
async function whyNoFileIn(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return whyNoFileIn(dirname(folder));
  return (await mayWrite(folder)) ? undefined : `the folder ${folder} is read-only`;
}

function mayWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(() => true, () => false);
}
