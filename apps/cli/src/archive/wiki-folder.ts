import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../client/failure.js';

export interface WikiFolder {
  readonly root: string;
  /** Whether a file, by its path from the root, is none of the wiki's pages. */
  isLeftOut(name: string): boolean;
}

/** How the reference system marks the folder of a project, with the project's names in it. */
const MANIFEST = '_meta.md';
/** What it keeps beside the pages: the manifest, ledgers of raw events, drafts nobody has approved. */
const BESIDE = /^(_meta\.md|log-\d{4}-\d{2}\.md|_pending\/.*)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where the pages of a folder are. The reference system's `wiki/<workspace>/<project>/`, or a folder above it with one
 * project, is recognised; every other folder is a wiki as it is. Throws where there are several projects.
 */
export async function wikiFolder(folder: string): Promise<WikiFolder> {
  if (existsSync(join(folder, MANIFEST))) return { root: folder, isLeftOut: (name) => BESIDE.test(name) };
  const projects = await projectsBelow(folder);
  if (projects.length > 1) throw new Failure(`${folder}: there are several projects in it; import one at a time: ${projects.join(', ')}`);
  return projects[0] === undefined ? { root: folder, isLeftOut: () => false } : { root: projects[0], isLeftOut: (name) => BESIDE.test(name) };
}

async function projectsBelow(folder: string): Promise<string[]> {
  const wiki = existsSync(join(folder, 'wiki')) ? join(folder, 'wiki') : folder;
  const found: string[] = [];
  for (const level of [wiki, ...(await idFolders(wiki))]) found.push(...(await idFolders(level)));
  return found.filter((path) => existsSync(join(path, MANIFEST))).toSorted();
}

async function idFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && UUID.test(entry.name)).map(({ name }) => join(folder, name));
}
