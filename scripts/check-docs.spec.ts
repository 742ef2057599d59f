import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { brokenPaths, namedPaths } from './check-docs.mjs';

it.each([
  ['see `apps/gateway/src/main.ts`', { links: [], spans: ['apps/gateway/src/main.ts'] }],
  ['see `libs/bus/src/bus.ts:12-20`', { links: [], spans: ['libs/bus/src/bus.ts'] }],
  ['a pattern `apps/<app>/src/*.ts`', { links: [], spans: ['apps'] }],
  ['not ours: `src/main.ts`, `apps`, `npm start`', { links: [], spans: [] }],
  ['[there](decisions/0001.md#why)', { links: ['decisions/0001.md'], spans: [] }],
  ['[away](https://example.org/x) [here](#part)', { links: [], spans: [] }],
  ['```sh\ncat `apps/none`\n```\n', { links: [], spans: [] }],
])('finds the paths in %j', (markdown, expected) => {
  expect(namedPaths(markdown)).toEqual(expected);
});

it('names each path that does not exist, with its document', () => {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-docs-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const tree = { 'README.md': '`apps/a.ts` `apps/b.ts` [x](docs/x.md)', 'docs/x.md': '[up](../README.md) [gone](y.md)', 'apps/a.ts': '' };
  for (const [file, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  expect(brokenPaths(root)).toEqual(['README.md: apps/b.ts does not exist', 'docs/x.md: docs/y.md does not exist']);
});
