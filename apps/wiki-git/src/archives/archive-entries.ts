import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { Fault } from '#libs/faults';
import { ARCHIVE_BYTES_MAX, ARCHIVE_TOO_LARGE, ARCHIVE_UNREADABLE, ENTRIES_MAX } from './archives.faults.js';

/** One thing in an archive. Its name is what the archive says, and nothing is done with it here. */
export interface ArchiveEntry {
  readonly path: string;
  /** As tar calls it: `file`, `symlink`, … */
  readonly type: string;
  readonly bytes: number;
  /** Null for what is no file, and for what is larger than was asked for. */
  readonly content: Buffer | null;
}

/**
 * What a compressed tar file holds, without its folders. Nothing is written anywhere. Throws ARCHIVE_TOO_LARGE as soon as
 * more than the bounds has been unpacked, whatever the sizes in it say, and ARCHIVE_UNREADABLE for what is cut short or no such file.
 */
export async function* archiveEntries(archive: Readable, contentBytesMax: number): AsyncGenerator<ArchiveEntry> {
  const tar = extract();
  const unpacking = Readable.from(unpacked(archive), { objectMode: false });
  unpacking.on('error', (error) => tar.destroy(error)).pipe(tar);
  let entries = 0;
  try {
    for await (const entry of tar) {
      const { name, type, size } = entry.header;
      if ((entries += 1) > ENTRIES_MAX) throw new Fault(ARCHIVE_TOO_LARGE);
      const isRead = type === 'file' && (size ?? 0) <= contentBytesMax;
      const chunks: Buffer[] = [];
      for await (const chunk of entry) if (isRead) chunks.push(chunk as Buffer);
      if (type !== 'directory') yield { path: name.replace(/^(?:\.\/)+/, ''), type: type ?? 'unknown', bytes: size ?? 0, content: isRead ? Buffer.concat(chunks) : null };
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(ARCHIVE_UNREADABLE, { cause: error });
  } finally {
    unpacking.destroy();
    tar.destroy();
  }
}

async function* unpacked(archive: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  archive.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  let bytes = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > ARCHIVE_BYTES_MAX) throw new Fault(ARCHIVE_TOO_LARGE);
      yield chunk;
    }
  } finally {
    archive.destroy();
  }
}
