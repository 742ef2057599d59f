import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobOf } from './git-object.js';
import { FOLDER_MODE, parseTree } from './tree.js';
import { WorkingTree } from './working-tree.js';

/** Trees as a repository keeps them, and what was asked of it. */
function repository() {
  const trees = new Map<string, Buffer>();
  const asked: string[] = [];
  const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
    asked.push(...ids);
    return new Map(ids.map((id) => [id, trees.get(id)!]));
  };
  const commit = async (tree: WorkingTree, files: Record<string, string>, deletes: string[] = []): Promise<string> => {
    const made = await tree.change(Object.entries(files).map(([path, text]) => ({ path, blob: blobOf(Buffer.from(text)) })), deletes);
    for (const { id, content } of made) trees.set(id, content);
    return made.at(-1)!.id;
  };
  /** Blobs by path, read as git would. */
  const files = (root: string, above = ''): Record<string, string> => Object.fromEntries([...parseTree(trees.get(root)!)].flatMap(([name, { mode, id }]) => (
    mode === FOLDER_MODE ? Object.entries(files(id, `${above}${name}/`)) : [[`${above}${name}`, id]])));
  return { trees, asked, read, commit, files };
}

const blobs = (files: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(files).map(([path, text]) => [path, blobOf(Buffer.from(text))]));

describe('a working tree', () => {
  it('follows one commit after the other, and reads a folder when it is first on the way', async () => {
    const { asked, read, commit, files } = repository();
    const root = await commit(new WorkingTree(null, read), { 'a.md': '1', 'notes/b.md': '1', 'notes/deep/c.md': '1', 'other/d.md': '1' });
    const tree = new WorkingTree(root, read);
    await commit(tree, { 'notes/b.md': '2' });
    const last = await commit(tree, { 'notes/e.md': '3' }, ['a.md']);
    expect(files(last)).toEqual(blobs({ 'notes/b.md': '2', 'notes/deep/c.md': '1', 'notes/e.md': '3', 'other/d.md': '1' }));
    expect(asked).toHaveLength(2);
  });

  it('has no folder without files, and one again when there are', async () => {
    const { read, commit, files } = repository();
    const tree = new WorkingTree(null, read);
    const before = await commit(tree, { 'a.md': '1' });
    await commit(tree, { 'x/y/z/b.md': '1' });
    expect(await commit(tree, {}, ['x/y/z/b.md', 'not/there.md'])).toBe(before);
    expect(files(await commit(tree, { 'x/y/c.md': '2' }))).toEqual(blobs({ 'a.md': '1', 'x/y/c.md': '2' }));
    expect(await commit(tree, {}, ['a.md', 'x/y/c.md'])).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  });

  it('has the same trees however it came to its files', async () => {
    const path = fc.tuple(fc.constantFrom('', 'a/', 'a/b/', 'c/', 'a-b/'), fc.constantFrom('x.md', 'y.md', 'a.md')).map((parts) => parts.join(''));
    const change = fc.record({ path, text: fc.option(fc.constantFrom('1', '2')), isCold: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
      const { read, commit, files } = repository();
      const expected: Record<string, string> = {};
      let [tree, root] = [new WorkingTree(null, read), ''];
      for (const { path: changed, text, isCold } of changes) {
        root = await commit(tree, text === null ? {} : { [changed]: text }, text === null ? [changed] : []);
        if (text === null) delete expected[changed];
        else expected[changed] = text;
        if (isCold) tree = new WorkingTree(root, read);
      }
      expect(files(root)).toEqual(blobs(expected));
      expect(await commit(new WorkingTree(null, read), expected)).toBe(root);
    }));
  });
});
