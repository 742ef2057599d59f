/** A file or folder in a folder of a commit. */
export interface TreeEntry {
  /** `100644`, `40000` and the like, as in the object: without leading zeros. */
  readonly mode: string;
  /** A blob's, a tree's, or of a submodule a commit's. */
  readonly id: string;
}

export const FILE_MODE = '100644';
export const FOLDER_MODE = '40000';

const ID_BYTES = 20;

/** Entries by name; names are kept byte for byte, as Latin-1. */
export function parseTree(content: Buffer): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < content.length;) {
    const nameEnd = content.indexOf(0, at);
    const [mode = '', name = ''] = split(content.toString('latin1', at, nameEnd));
    entries.set(name, { mode, id: content.toString('hex', nameEnd + 1, nameEnd + 1 + ID_BYTES) });
    at = nameEnd + 1 + ID_BYTES;
  }
  return entries;
}

/** In git's order: by bytes, folders as if their name ended in a slash. */
export function serialiseTree(entries: ReadonlyMap<string, TreeEntry>): Buffer {
  const sorted = [...entries].map(([name, entry]) => ({ name, entry, key: entry.mode === FOLDER_MODE ? `${name}/` : name })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return Buffer.concat(sorted.flatMap(({ name, entry }) => [Buffer.from(`${entry.mode} ${name}\0`, 'latin1'), Buffer.from(entry.id, 'hex')]));
}

function split(text: string): [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}
