import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { zipEntry } from './zip-entry.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ai-memory-zip-'));
const path = join(folder, 'some.zip');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An archive as `zip` writes it: each file behind a header, a directory of them all, its end. */
function zipOf(files: readonly (readonly [name: string, content: string, isDeflated: boolean])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, content, isDeflated] of files) {
    const packed = isDeflated ? deflateRawSync(content) : Buffer.from(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(isDeflated ? 8 : 0, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(parts.reduce((sum, { length }) => sum + length, 0), 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, place, Buffer.from(name));
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed);
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(parts.reduce((sum, { length }) => sum + length, 0), 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

it.each([['bin/stored', 'as it is'], ['bin/deflated', 'packed '.repeat(1_000)]])('gives the bytes of %s', (name, content) => {
  writeFileSync(path, zipOf([['bin/stored', 'as it is', false], ['bin/deflated', 'packed '.repeat(1_000), true]]));
  expect(zipEntry(path, name).toString()).toBe(content);
});

it('says what is not there', () => {
  writeFileSync(path, zipOf([['a', 'b', true]]));
  expect(() => zipEntry(path, 'c')).toThrow('holds no c');
  writeFileSync(path, 'no archive');
  expect(() => zipEntry(path, 'c')).toThrow('is no zip archive');
});
