import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;

/** The bytes of one file of a zip archive (below 4 GiB, stored or deflated): not every machine has `unzip`. Throws an Error with one line where it is not in it. */
export function zipEntry(path, name) {
  const zip = readFileSync(path);
  const end = zip.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0) throw new Error(`${path} is no zip archive`);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0 && zip.readUInt32LE(at) === DIRECTORY_ENTRY; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) return unpacked(zip, zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42));
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`${path} holds no ${name}`);
}

/** A file stands behind a header of its own, whose lengths may be others than the directory's. */
function unpacked(zip, method, size, header) {
  const begin = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const packed = zip.subarray(begin, begin + size);
  return method === DEFLATED ? inflateRawSync(packed) : packed;
}
