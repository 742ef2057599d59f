import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { crc32, deflate, deflateSync } from 'node:zlib';
import type { GitObject, ObjectKind } from './git-object.js';

/** Objects in git's pack format, version 2, and the index by which they are found in it, version 2 too. */
export interface Pack {
  /** `pack-<checksum>`: the same for the same objects. */
  readonly name: string;
  readonly pack: Buffer;
  readonly index: Buffer;
}

const TYPES: Readonly<Record<ObjectKind, number>> = { commit: 1, tree: 2, blob: 3 };
const INDEX_MAGIC = Buffer.from([0xff, 0x74, 0x4f, 0x63]);
const VERSION = 2;
const FAN_OUT = 256;
/** Maintenance packs again, and better. */
const FAST = { level: 1 };
/** Larger contents are deflated beside the event loop, which costs more for small ones. */
const SMALL_BYTES_MAX = 8 * 1024;
/** With a window that holds all of a small content, and tables to match: zlib's own ask for 256 KiB each time. */
const FAST_SMALL = { ...FAST, windowBits: 13, memLevel: 5 };

interface Placed {
  readonly id: Buffer;
  readonly crc: number;
  readonly offset: number;
}

/** Each object once, whole. */
export async function packOf(objects: readonly GitObject[]): Promise<Pack> {
  const unique = [...new Map(objects.map((object) => [object.id, object])).values()];
  const parts: Buffer[] = [Buffer.concat([Buffer.from('PACK'), uint32s([VERSION, unique.length])])];
  const placed: Placed[] = [];
  let offset = parts[0]!.length;
  for (const object of unique) {
    const entry = Buffer.concat([entryHead(TYPES[object.kind], object.content.length), await deflated(object.content)]);
    placed.push({ id: Buffer.from(object.id, 'hex'), crc: crc32(entry), offset });
    parts.push(entry);
    offset += entry.length;
  }
  const checksum = checksumOf(parts);
  return { name: `pack-${checksum.toString('hex')}`, pack: Buffer.concat([...parts, checksum]), index: indexOf(placed, checksum) };
}

/** Kind and size: four bits of the size, then seven in each byte, the lowest first; the highest bit says that more follow. */
function entryHead(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 0x0f)];
  for (let rest = size >>> 4; rest > 0; rest >>>= 7) {
    bytes[bytes.length - 1]! |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

function indexOf(placed: readonly Placed[], packChecksum: Buffer): Buffer {
  const sorted = placed.toSorted((a, b) => Buffer.compare(a.id, b.id));
  const upTo = Array.from({ length: FAN_OUT }, () => 0);
  for (const { id } of sorted) upTo[id[0]!]! += 1;
  for (let byte = 1; byte < FAN_OUT; byte += 1) upTo[byte]! += upTo[byte - 1]!;
  const parts = [INDEX_MAGIC, uint32s([VERSION, ...upTo]), ...sorted.map(({ id }) => id), uint32s(sorted.map(({ crc }) => crc)), uint32s(sorted.map(({ offset }) => offset)), packChecksum];
  return Buffer.concat([...parts, checksumOf(parts)]);
}

async function deflated(content: Buffer): Promise<Buffer> {
  return content.length <= SMALL_BYTES_MAX ? deflateSync(content, FAST_SMALL) : promisify(deflate)(content, FAST);
}

function uint32s(values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

function checksumOf(parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha1');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}
