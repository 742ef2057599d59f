import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { isBuilt, productFiles, sourceHash } from './build.mjs';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-build-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'apps/a/src/main.ts', 'apps/a/migrations/1.sql', 'libs/b/src/index.ts']) write(file, file);
});

it('takes sources and assets into the product, and neither tests nor documents', () => {
  for (const file of ['apps/a/src/main.spec.ts', 'apps/a/src/main.bench.ts', 'apps/a/README.md', 'libs/testing/src/index.ts']) write(file, file);
  expect(productFiles(root)).toEqual(['apps/a/migrations/1.sql', 'apps/a/src/main.ts', 'libs/b/src/index.ts']);
});

it('is current as long as no product file has other content', () => {
  write('dist/.build-stamp', sourceHash(root));
  utimesSync(join(root, 'apps/a/src/main.ts'), 0, 0);
  write('apps/a/src/main.spec.ts', 'new test');
  expect(isBuilt(root)).toBe(true);
});

it.each([
  ['a changed source', () => write('apps/a/src/main.ts', 'new')],
  ['a changed asset', () => write('apps/a/migrations/1.sql', 'new')],
  ['a new file', () => write('libs/b/src/more.ts', '')],
  ['a removed file', () => rmSync(join(root, 'apps/a/migrations/1.sql'))],
  ['another dependency', () => write('package-lock.json', 'new')],
  ['no build', () => rmSync(join(root, 'dist'), { recursive: true })],
])('is stale after %s', (_, change) => {
  write('dist/.build-stamp', sourceHash(root));
  change();
  expect(isBuilt(root)).toBe(false);
});
