import { lstat, open, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { Failure } from '../client/failure.js';
import { wikiFolder } from './wiki-folder.js';

/** As the server takes it. */
const BYTES_MAX = 64 * 1024 * 1024;
const FILES_MAX = 10_000;
const IGNORE_FILE = '.gitignore';
const TOO_MUCH = `An import may have ${BYTES_MAX / 1_048_576} MiB and ${FILES_MAX} files: divide it, or push with git`;

/** A folder or a `.tar.gz` file as the bytes that the server takes. What may come in is for the server to say. */
export async function importSource(path: string): Promise<Buffer> {
  return (await stat(path)).isDirectory() ? archiveOf(path) : archiveIn(path);
}

async function archiveIn(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > BYTES_MAX) throw new Failure(`${path}: ${TOO_MUCH}`);
    const bytes = await file.readFile();
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new Failure(`${path}: is neither a folder nor a .tar.gz file`);
    return bytes;
  } finally {
    await file.close();
  }
}

/** All files of a folder but hidden ones, by name. Links are not followed: the server gets to see that they are links. */
async function archiveOf(folder: string): Promise<Buffer> {
  const { root, isLeftOut } = await wikiFolder(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  const named = paths.map((path) => ({ path, name: relative(root, path).split(sep).join('/') })).filter(({ name }) => !isHidden(name) && !isLeftOut(name));
  if (named.length > FILES_MAX) throw new Failure(`${folder}: ${TOO_MUCH}`);
  const tar = pack();
  const bytes = buffer(Readable.from(tar).pipe(createGzip()));
  let total = 0;
  for (const { path, name } of named.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    total += (await lstat(path)).size;
    if (total > BYTES_MAX) throw new Failure(`${folder}: ${TOO_MUCH}`);
    await add(tar, path, name);
  }
  tar.finalize();
  return bytes;
}

async function add(tar: Pack, path: string, name: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) tar.entry({ name, type: 'symlink', linkname: await readlink(path) });
  else if (found.isFile()) tar.entry({ name }, await readFile(path));
  else tar.entry({ name, type: 'fifo' });
}

function isHidden(name: string): boolean {
  return name !== IGNORE_FILE && name.split('/').some((part) => part.startsWith('.'));
}
