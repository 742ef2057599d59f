import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import type { FolderClue } from '#libs/agents';

const NO_WORD = /[^A-Za-z0-9]+/g;

/** The folder that a store means. `storeFolder`: where the clue's file is; `root`: where the slug begins, the system's root if not given. */
export function folderByClue({ slug, file, member }: FolderClue, storeFolder: string, root?: string): string | undefined {
  return folderInFile(join(storeFolder, file), member) ?? folderOfSlug(slugOf(slug), root);
}

function folderInFile(path: string, member: string): string | undefined {
  try {
    const value = (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> | null)?.[member];
    return typeof value === 'string' && isAbsolute(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A slug may stand for several folders: of those that are there, the one with the longest names counts. Where none is, what is left of
 * the slug below the deepest folder that is there stands for one name, as that of a folder that is gone; undefined where that is the root.
 */
function folderOfSlug(slug: string, root?: string): string | undefined {
  const [start, rest] = root !== undefined ? [root, slug] : sep === '\\' ? [`${slug[0]}:\\`, slug.slice(2)] : ['/', slug];
  let deepest = { folder: start, rest };
  for (const found of foldersAlong(start, rest)) {
    if (found.rest === '') return found.folder;
    if (found.rest.length < deepest.rest.length) deepest = found;
  }
  return deepest.folder === start ? undefined : join(deepest.folder, deepest.rest);
}

function* foldersAlong(folder: string, rest: string): Generator<{ folder: string; rest: string }> {
  const names = rest === '' ? [] : namesIn(folder).map((name) => ({ name, slug: slugOf(name) })).filter(({ slug }) => slug !== '' && begins(rest, slug));
  for (const { name, slug } of names.toSorted((a, b) => b.slug.length - a.slug.length)) {
    const below = join(folder, name);
    if (!isFolder(below)) continue;
    const found = { folder: below, rest: rest.slice(slug.length + 1) };
    yield found;
    yield* foldersAlong(found.folder, found.rest);
  }
}

function begins(rest: string, slug: string): boolean {
  return `${rest}-`.toLowerCase().startsWith(`${slug}-`.toLowerCase());
}

function slugOf(name: string): string {
  return name.replace(NO_WORD, '-').replace(/^-|-$/g, '');
}

/** What may not be looked into holds nothing. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
