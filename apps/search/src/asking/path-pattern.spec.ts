import { expect, it } from 'vitest';
import { pathPattern } from './path-pattern.js';

/** Postgres' dialect and JavaScript's agree on what is used here. */
const fits = (path: string, name: string): boolean => new RegExp(pathPattern(path), 'i').test(name);

it.each([
  ['src', 'src/lib/a.ts', true],
  ['src/lib', '/home/dev/shop/src/lib/a.ts', true],
  ['src/lib', 'my-src/lib/a.ts', false],
  ['src/a', 'src/a.ts', true],
  ['/src', 'src/a.ts', true],
  ['/src', 'packages/src/a.ts', false],
  ['SRC', 'src/a.ts', true],
  ['*.ts', 'src/a.ts', true],
  ['*.ts', 'src/a.tsx', false],
  ['src/*.ts', 'src/lib/a.ts', false],
  ['src/**', 'src/lib/a.ts', true],
  ['src/**/a.ts', 'src/a.ts', true],
  ['src/**/a.ts', 'src/lib/deep/a.ts', true],
  ['src/?.ts', 'src/a.ts', true],
  ['src/?.ts', 'src/ab.ts', false],
  ['a.ts', 'src/axts', false],
  ['notes/(a|b)+[c].md', 'notes/(a|b)+[c].md', true],
  ['notes/(a|b)', 'notes/a', false],
])('%s and %s: %s', (path, name, expected) => {
  expect(fits(path, name)).toBe(expected);
});
