import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { isValidName } from '#libs/agents';
import { Failure } from '../client/failure.js';

export const MARKER_NAME = '.ai-memory.toml';
const MARKER_BYTES_MAX = 64 * 1_024;

const Name = z.string().refine(isValidName, 'must be lowercase letters, digits, dot, hyphen and underscore, and begin with a letter or digit');
/** The part of a marker that says where memories go; what it says about capture is the hook's business. */
const Placing = z.object({
  workspace: Name.optional(),
  project: Name.optional(),
  identity: z.string().max(512).optional(),
  identity_style: z.enum(['path', 'host_path']).optional(),
  server: Name.optional().describe('One of the servers that `ai-memory login --profile` has set up.'),
});

export interface Marker extends z.output<typeof Placing> {
  path: string;
}

/**
 * The nearest marker at or above a folder that says where its memories go. The search ends at the home folder, or outside
 * of it at the checkout's root. Throws a Failure for a marker that can't be read: a guess in its place could be wrong.
 */
export function findMarker(folder: string, homeDir: string): Marker | undefined {
  for (const each of foldersUpFrom(folder, homeDir)) {
    const path = join(each, MARKER_NAME);
    const placing = existsSync(path) ? readMarker(path) : undefined;
    if (placing && Object.values(placing).some((value) => value !== undefined)) return { path, ...placing };
  }
  return undefined;
}

function readMarker(path: string): z.output<typeof Placing> {
  if (statSync(path).size > MARKER_BYTES_MAX) throw new Failure(`${path} is larger than ${MARKER_BYTES_MAX / 1_024} KiB`);
  const parsed = Placing.safeParse(tableIn(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new Failure(`${path}: ${issue.path.join('.')} ${issue.message}`);
}

export function tableIn(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(`${path} is not valid TOML: ${(error as Error).message.split('\n')[0]}`, undefined, error);
  }
}

/** The folders in which a folder's markers may lie, the nearest first. */
export function foldersUpFrom(folder: string, homeDir: string): string[] {
  const folders = [folder];
  for (let each = folder; !isLast(each, homeDir) && dirname(each) !== each; folders.push(each)) each = dirname(each);
  return folders;
}

function isLast(folder: string, homeDir: string): boolean {
  return folder === homeDir || existsSync(join(folder, '.git'));
}
