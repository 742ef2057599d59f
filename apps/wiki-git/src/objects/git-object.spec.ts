import { expect, it } from 'vitest';
import { blobOf, gitObject, type ObjectKind } from './git-object.js';

/** As `git hash-object -t KIND --stdin` says. */
it.each<[kind: ObjectKind, content: string, id: string]>([
  ['blob', '', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
  ['blob', 'hello\n', 'ce013625030ba8dba906f756967f9e9ca394464a'],
  ['blob', 'é\n', 'c6003325155f475bd7c87731607525dce73be9cf'],
  ['tree', '', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
])('names a %s of %j as git does', (kind, content, id) => {
  expect(gitObject(kind, Buffer.from(content)).id).toBe(id);
});

it('names a file by its content alone', () => {
  expect(blobOf(Buffer.from('hello\n'))).toBe(gitObject('blob', Buffer.from('hello\n')).id);
});
