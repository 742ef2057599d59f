import type { Schema } from 'ai-memory-api-client';

export type PageHead = Schema<'PageHead'>;

/** A folder of pages: folders first, then pages, each by name. */
export interface Folder {
  name: string;
  path: string;
  folders: Folder[];
  pages: PageHead[];
  /** Of this folder and all below. */
  count: number;
}

/** The folders that pages lie in. `wanted` keeps pages that hold it in path or title, ignoring case. */
export function treeOf(pages: readonly PageHead[], wanted = ''): Folder {
  const root: Folder = { name: '', path: '', folders: [], pages: [], count: 0 };
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  for (const page of pages) {
    const text = `${page.path} ${page.title}`.toLowerCase();
    if (words.every((word) => text.includes(word))) add(root, page, page.path.split('/').slice(0, -1));
  }
  sort(root);
  return root;
}

function add(folder: Folder, page: PageHead, [next, ...rest]: readonly string[]): void {
  folder.count += 1;
  if (next === undefined) {
    folder.pages.push(page);
    return;
  }
  let below = folder.folders.find(({ name }) => name === next);
  if (!below) {
    below = { name: next, path: folder.path ? `${folder.path}/${next}` : next, folders: [], pages: [], count: 0 };
    folder.folders.push(below);
  }
  add(below, page, rest);
}

function sort(folder: Folder): void {
  folder.folders.sort((a, b) => a.name.localeCompare(b.name));
  for (const below of folder.folders) sort(below);
}
