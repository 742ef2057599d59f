import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BACKUP_UNUSABLE, refusal } from './backup.faults.js';
import type { StoredFile } from './backup-manifest.js';

const PACKED = '.gz';
const SEALED = '.age';
/** Rows shrink to a fifth at any level; the fastest leaves the processor to those who are served. */
const GZIP_LEVEL = 1;

/** Writes files into a backup's folder: gzip where the name ends so, and sealed for `recipients` (age) where there are any. */
export class StoredFiles {
  constructor(private readonly folder: string, private readonly recipients: readonly string[]) {}

  /** Resolves when all of `source` is on disk. */
  async write(name: string, source: Readable): Promise<StoredFile> {
    const file = this.recipients.length > 0 ? name + SEALED : name;
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    const packed = name.endsWith(PACKED) ? packedFrom(source) : source;
    await pipeline(await this.sealed(packed), async function* count(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    return { file, bytes, sha256: hash.digest('hex') };
  }

  private async sealed(source: Readable): Promise<Readable> {
    if (this.recipients.length === 0) return source;
    const encrypter = new Encrypter();
    for (const recipient of this.recipients) encrypter.addRecipient(recipient);
    return fromWeb(await encrypter.encrypt(toWeb(source)));
  }
}

/** What was written there, unsealed by one of `identities` (age secret keys) and unpacked. */
export async function readStored(folder: string, { file }: StoredFile, identities: readonly string[]): Promise<Readable> {
  const stored = createReadStream(join(folder, file));
  const plain = file.endsWith(SEALED) ? await unsealed(stored, identities) : stored;
  return file.replace(SEALED, '').endsWith(PACKED) ? passedOn(plain, createGunzip()) : plain;
}

/** Throws where the file is not as it was written. */
export async function checkStored(folder: string, { file, bytes, sha256 }: StoredFile): Promise<void> {
  const hash = createHash('sha256');
  let found = 0;
  for await (const chunk of createReadStream(join(folder, file)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    found += chunk.length;
  }
  if (found !== bytes || hash.digest('hex') !== sha256) throw refusal(BACKUP_UNUSABLE, `${join(folder, file)} is damaged: it is not what was written.`);
}

/** A name is there for good only once its folder is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function unsealed(stored: Readable, identities: readonly string[]): Promise<Readable> {
  if (identities.length === 0) throw refusal(BACKUP_UNUSABLE, 'This backup is encrypted: name the file of your age identity with --identity.');
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return fromWeb(await decrypter.decrypt(toWeb(stored)));
  } catch (error) {
    throw refusal(BACKUP_UNUSABLE, 'This backup is not encrypted for that identity.', error);
  }
}

function packedFrom(source: Readable): Readable {
  return passedOn(source, createGzip({ level: GZIP_LEVEL }));
}

/** Errors of the source are told by what is read. */
function passedOn<T extends NodeJS.ReadWriteStream & Readable>(source: Readable, through: T): T {
  source.once('error', (error) => through.destroy(error));
  return source.pipe(through);
}

function toWeb(stream: Readable): globalThis.ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as unknown as globalThis.ReadableStream<Uint8Array>;
}

function fromWeb(stream: globalThis.ReadableStream<Uint8Array>): Readable {
  return Readable.fromWeb(stream as unknown as ReadableStream);
}
