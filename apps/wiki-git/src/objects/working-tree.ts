import { type GitObject, gitObject } from './git-object.js';
import { FILE_MODE, FOLDER_MODE, parseTree, serialiseTree, type TreeEntry } from './tree.js';

/** Contents of trees by id; all of them are there. */
export type ReadTrees = (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;

const ROOT = '';

/** The folders of a commit as far as they were looked at, changed by one commit after the other. */
export class WorkingTree {
  private readonly folders = new Map<string, Map<string, TreeEntry>>();

  /** `root` is the tree to begin with; null for none. */
  constructor(private readonly root: string | null, private readonly read: ReadTrees) {}

  /** Writes files, after it took others away, and returns every tree that changed, the root last. Folders that are left empty go. */
  async change(writes: readonly { path: string; blob: string }[], deletes: readonly string[]): Promise<readonly GitObject[]> {
    await this.load([...writes.map(({ path }) => path), ...deletes]);
    const changed = new Set<string>([ROOT]);
    for (const path of deletes) this.entries(path, changed).delete(nameIn(path));
    for (const { path, blob } of writes) this.entries(path, changed).set(nameIn(path), { mode: FILE_MODE, id: blob });
    return [...changed].toSorted((a, b) => depthOf(b) - depthOf(a)).flatMap((folder) => this.saved(folder));
  }

  /** The folder of a file, which is noted as changed with all folders above. */
  private entries(path: string, changed: Set<string>): Map<string, TreeEntry> {
    foldersOf(path).forEach((folder) => changed.add(folder));
    return this.folders.get(folderOf(path))!;
  }

  /** Puts a folder into the one above. */
  private saved(folder: string): GitObject[] {
    const entries = this.folders.get(folder)!;
    const above = folder === ROOT ? undefined : this.folders.get(folderOf(folder))!;
    if (above && entries.size === 0) {
      if (above.get(nameIn(folder))?.mode === FOLDER_MODE) above.delete(nameIn(folder));
      return [];
    }
    const tree = gitObject('tree', serialiseTree(entries));
    above?.set(nameIn(folder), { mode: FOLDER_MODE, id: tree.id });
    return [tree];
  }

  /** Reads the folders on the way to some files, one level at a time. */
  private async load(paths: readonly string[]): Promise<void> {
    const missing = [...new Set([ROOT, ...paths.flatMap(foldersOf)])].filter((folder) => !this.folders.has(folder));
    const levels = Map.groupBy(missing, depthOf);
    for (const depth of [...levels.keys()].toSorted((a, b) => a - b)) {
      const ids = levels.get(depth)!.map((folder) => ({ folder, id: this.treeOf(folder) }));
      const trees = await this.read(ids.flatMap(({ id }) => id ?? []));
      for (const { folder, id } of ids) this.folders.set(folder, id === null ? new Map() : parseTree(trees.get(id)!));
    }
  }

  private treeOf(folder: string): string | null {
    if (folder === ROOT) return this.root;
    const entry = this.folders.get(folderOf(folder))!.get(nameIn(folder));
    return entry?.mode === FOLDER_MODE ? entry.id : null;
  }
}

/** `a/b` for `a/b/c.md`. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The root, `a` and `a/b` for `a/b/c.md`. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return [ROOT, ...names.map((_name, index) => names.slice(0, index + 1).join('/'))];
}

function depthOf(folder: string): number {
  return folder === ROOT ? 0 : folder.split('/').length;
}
