import { expect, it } from 'vitest';
import { FILE_MODE, FOLDER_MODE, parseTree, serialiseTree, type TreeEntry } from './tree.js';

const [file, folder] = [FILE_MODE, FOLDER_MODE].map((mode, index) => ({ mode, id: `${index}`.repeat(40) })) as [TreeEntry, TreeEntry];

/** As git has them: by bytes, a folder as if its name ended in a slash. */
it.each<[names: Record<string, TreeEntry>, sorted: string[]]>([
  [{ b: file, a: file }, ['a', 'b']],
  [{ a: folder, 'a.md': file, 'a-b': file }, ['a-b', 'a.md', 'a']],
  [{ a: file, 'a.md': file, 'a-b': file }, ['a', 'a-b', 'a.md']],
  [{ a0: file, a: folder }, ['a', 'a0']],
  [{ z: file, 'z\xc3\xa9': file, Z: file }, ['Z', 'z', 'z\xc3\xa9']],
  [{}, []],
])('is in git’s order: %j', (names, sorted) => {
  const content = serialiseTree(new Map(Object.entries(names)));
  expect([...parseTree(content).keys()]).toEqual(sorted);
  expect(Object.fromEntries(parseTree(content))).toEqual(names);
});

it('keeps modes and names that are no text as they are', () => {
  const entries = new Map([['link', { mode: '120000', id: 'a'.repeat(40) }], ['module', { mode: '160000', id: 'b'.repeat(40) }], ['\xff\x80 x', { mode: '100755', id: '0a'.repeat(20) }]]);
  expect(parseTree(serialiseTree(entries))).toEqual(entries);
});
