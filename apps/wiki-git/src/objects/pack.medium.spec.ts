import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gitObject } from './git-object.js';
import { packOf } from './pack.js';

let folder: string;
const git = (args: string[], input = ''): string => execFileSync('git', ['-C', folder, ...args], { input, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 }).toString();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-memory-pack-'));
  git(['init', '--quiet', '--bare', '.']);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Around each border of the size's coding, of what is deflated beside the event loop, and more than one of a first byte. */
const SIZES = [0, 1, 15, 16, 17, 2_047, 2_048, 2_049, 8_191, 8_192, 8_193, 40_000, 262_143, 262_144, 400_000];

it('is read by git as what was put in, and the index is the one that git makes of it', async () => {
  const texts = SIZES.flatMap((size) => [Buffer.alloc(size, 'text '), randomBytes(size)]);
  const objects = [...texts, ...Array.from({ length: 600 }, (_value, index) => Buffer.from(`${index}`))].map((content) => gitObject('blob', content));
  const { name, pack, index } = await packOf([...objects, objects[3]!]);
  writeFileSync(join(folder, 'objects/pack', `${name}.pack`), pack);
  expect(git(['index-pack', '-o', 'own.idx', join('objects/pack', `${name}.pack`)])).toContain(name.slice('pack-'.length));
  expect(execFileSync('cat', [join(folder, 'own.idx')]).equals(index)).toBe(true);
  writeFileSync(join(folder, 'objects/pack', `${name}.idx`), index);
  expect(git(['verify-pack', join('objects/pack', `${name}.idx`)])).toBe('');
  const told = git(['cat-file', '--batch-check=%(objectname) %(objectsize)'], objects.map(({ id }) => `${id}\n`).join(''));
  expect(told.trim().split('\n')).toEqual(objects.map(({ id, content }) => `${id} ${content.length}`));
});
