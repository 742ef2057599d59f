import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Headers } from 'tar-stream';
import { isPagePath } from '#libs/wiki-format';
import { Failure } from '../client/failure.js';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const ARCHIVE = /\.(tar\.gz|tgz)$/;

export function isArchiveName(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Puts an archive into a file, which appears when it is whole; one that is there is replaced. Gives its bytes. */
export async function exportToFile(archive: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  return viaDraft(path, async (draft) => {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const file = createWriteStream(draft, { mode: FILE_MODE });
    await pipeline(Readable.from(archive), file);
    return file.bytesWritten;
  });
}

/** Unpacks an archive into a folder, which appears when it is whole. Gives the number of files. Throws where something is in its place. */
export async function exportToFolder(archive: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  if ((await readdir(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : [error.code]))).length > 0) throw new Failure(`${path}: there is something already; name an empty folder or a new one`);
  return viaDraft(path, async (draft) => {
    await mkdir(draft, { recursive: true, mode: FOLDER_MODE });
    const files = await unpack(archive, draft);
    await rmdir(path).catch(() => undefined);
    return files;
  });
}

async function unpack(archive: AsyncIterable<Uint8Array>, folder: string): Promise<number> {
  const unpacked = createGunzip();
  const tar = extract();
  const fed = pipeline(Readable.from(archive), unpacked).catch((error: unknown) => void tar.destroy(error as Error));
  unpacked.pipe(tar);
  let files = 0;
  try {
    for await (const entry of tar) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      if (entry.header.type === 'directory') continue;
      await put(folder, entry.header, Buffer.concat(chunks));
      files += 1;
    }
  } finally {
    unpacked.destroy();
    await fed;
  }
  return files;
}

/** Whatever a server sends, nothing is written outside of the folder. */
async function put(folder: string, { name, type }: Headers, content: Buffer): Promise<void> {
  if (type !== 'file' || !(isPagePath(name) || name === '.gitignore')) throw new Failure(`The server's archive holds ${name}, which is no page`);
  const target = join(folder, ...name.split('/'));
  await mkdir(dirname(target), { recursive: true, mode: FOLDER_MODE });
  await writeFile(target, content, { mode: FILE_MODE });
}

async function viaDraft<T>(path: string, work: (draft: string) => Promise<T>): Promise<T> {
  const target = path.endsWith(sep) ? path.slice(0, -1) : path;
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const result = await work(draft);
    await rename(draft, target);
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
