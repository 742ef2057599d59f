import type { ToolUse } from '#libs/contracts';
import { expect, it } from 'vitest';
import { FileLedger, relativePath } from './files.js';

it.each([
  ['/home/dev/shop/src/a.ts', '/home/dev/shop', 'src/a.ts'],
  ['/home/dev/shop/src/a.ts', '/home/dev/shop/', 'src/a.ts'],
  ['/home/dev/shopping/a.ts', '/home/dev/shop', '/home/dev/shopping/a.ts'],
  ['/home/dev/shop', '/home/dev/shop', '.'],
  ['./src/a.ts', '/home/dev/shop', 'src/a.ts'],
  ['src/a.ts', null, 'src/a.ts'],
  ['file:///home/dev/shop/a.ts', '/home/dev/shop', 'a.ts'],
  ['C:\\Work\\shop\\src\\a.ts', 'c:\\work\\shop', 'src/a.ts'],
  ['../other/a.ts', '/home/dev/shop', '../other/a.ts'],
])('%j seen from %j is %j', (path, cwd, expected) => {
  expect(relativePath(path, cwd)).toBe(expected);
});

function ledgerOf(...tools: readonly Partial<ToolUse>[]): FileLedger {
  const ledger = new FileLedger('/p');
  for (const [index, tool] of tools.entries()) {
    ledger.add({ tool: { name: 'T', family: 'edit', outcome: 'success', ...tool }, title: '', place: index + 1, endPlace: index + 1, isSubagent: false, isFinished: true }, `2026-11-25T10:00:0${index}.000Z`);
  }
  return ledger;
}

it('counts changes and reads by file', () => {
  const ledger = ledgerOf({ family: 'read', path: '/p/a' }, { path: '/p/a' }, { path: '/p/a' }, { family: 'read', path: '/p/b' });
  expect(ledger.changed).toMatchObject([{ path: 'a', changes: 2, reads: 1, isCreated: false, lastPlace: 3 }]);
  expect(ledger.onlyRead).toMatchObject([{ path: 'b', reads: 1 }]);
});

it('takes a call about several files for each of them', () => {
  expect(ledgerOf({ path: '/p/a\n/p/b' }).changed.map((file) => file.path)).toEqual(['a', 'b']);
});

it('knows a new file from what the tool said, and a deleted one from the tool', () => {
  const ledger = ledgerOf({ family: 'write', path: '/p/a', excerpt: 'File created successfully at: /p/a' }, { family: 'write', path: '/p/b' }, { name: 'delete_file', path: '/p/c' });
  expect(ledger.changed.map(({ isCreated, isDeleted }) => [isCreated, isDeleted])).toEqual([[true, false], [false, false], [false, true]]);
});

it('leaves out what failed', () => {
  expect(ledgerOf({ path: '/p/a', outcome: 'error' }).changed).toEqual([]);
});

it('counts edits that name no file', () => {
  expect(ledgerOf({}, {}, { family: 'search' }).changesWithoutPath).toBe(2);
});

it('remembers changed files longer than read ones, and counts what it forgets', () => {
  const reads = Array.from({ length: 600 }, (_, index) => ({ family: 'read' as const, path: `/p/r${index}` }));
  const ledger = ledgerOf({ path: '/p/changed' }, ...reads);
  expect(ledger.changed).toHaveLength(1);
  expect(ledger.onlyRead).toHaveLength(399);
  expect(ledger.forgotten).toBe(201);
});
