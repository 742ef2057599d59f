import { describe, expect, it } from 'vitest';
import { parsePagePath } from '#libs/wiki-format';
import { conflictPath, markerSize, mergeFrontmatter, resolveMarked } from './page-merge.js';

describe('merged metadata', () => {
  it.each<[name: string, base: object, current: object, incoming: object, merged: unknown]>([
    ['what either side changed', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, { merged: { a: 2, b: 2 } }],
    ['what both changed alike', { a: 1 }, { a: 2 }, { a: 2 }, { merged: { a: 2 } }],
    ['what either side added', {}, { a: 1 }, { b: ['x'] }, { merged: { a: 1, b: ['x'] } }],
    ['not what one side took away', { a: 1, b: 1 }, { b: 1 }, { a: 1 }, { merged: {} }],
    ['not what both changed differently', { a: 1 }, { a: 2 }, { a: 3 }, 'conflict'],
    ['not what one took away and the other changed', { a: 1 }, {}, { a: 2 }, 'conflict'],
  ])('has %s', (_name, base, current, incoming, merged) => {
    expect(mergeFrontmatter(base as never, current as never, incoming as never)).toEqual(merged);
  });
});

describe('marked text', () => {
  const mark = (current: string, base: string, incoming: string): string => `before\n<<<<<<< current\n${current}||||||| base\n${base}=======\n${incoming}>>>>>>> incoming\nafter\n`;

  it.each<[name: string, marked: string, resolved: unknown]>([
    ['without marks stays', 'a\nb\n', { merged: 'a\nb\n' }],
    ['has both where both put lines in', mark('a\n', '', 'b\n'), { merged: 'before\na\nb\nafter\n' }],
    ['is a conflict where both changed the same', mark('a\n', 'o\n', 'b\n'), 'conflict'],
    ['is a conflict where one took away and the other changed', mark('', 'o\n', 'b\n'), 'conflict'],
  ])('%s', (_name, marked, resolved) => {
    expect(resolveMarked(marked, 7)).toEqual(resolved);
  });

  it('gets marks that no text of it begins a line with', () => {
    expect([markerSize(['a']), markerSize(['<<<<<<<< x\n', '====\n'])]).toEqual([7, 9]);
  });
});

it('a text that lost has a place that follows from page and text', () => {
  const path = parsePagePath('decisions/use-postgres.md');
  expect(conflictPath(path, Buffer.from('a'))).toMatch(/^conflicts\/decisions-use-postgres-[0-9a-f]{12}\.md$/);
  expect(conflictPath(path, Buffer.from('a'))).not.toBe(conflictPath(path, Buffer.from('b')));
  expect(conflictPath(path, undefined)).toBe(conflictPath(path, undefined));
  expect(conflictPath(parsePagePath(`${'a/'.repeat(98)}a.md`), Buffer.from('a')).length).toBeLessThanOrEqual(200);
});
