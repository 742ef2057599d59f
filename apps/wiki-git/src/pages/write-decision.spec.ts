import { describe, expect, it } from 'vitest';
import { parsePagePath } from '#libs/wiki-format';
import type { PreparedChange } from './prepared-write.js';
import { decideWrite } from './write-decision.js';

const current = new Map([['old.md', { pageId: 'id-1', blob: 'x', trust: 'user' as const, isBinding: false }]]);
const write = (path: string, blob: string, more: object = {}): PreparedChange => ({
  writes: [{ path: parsePagePath(path), content: Buffer.alloc(0), blob, expectedPageId: undefined, isCreateOnly: false, ...more }], deletes: [],
});
const remove = (path: string, expectedPageId?: string): PreparedChange => ({ writes: [], deletes: [{ path: parsePagePath(path), expectedPageId }] });

describe('decideWrite', () => {
  it.each<[name: string, change: PreparedChange, outcome: string, changes: number]>([
    ['a new page', write('new.md', 'x'), 'written', 1],
    ['a new page, create only', write('new.md', 'x', { isCreateOnly: true }), 'written', 1],
    ['another text', write('old.md', 'y'), 'written', 1],
    ['another text over the expected version', write('old.md', 'y', { expectedPageId: 'id-1' }), 'written', 1],
    ['the same text', write('old.md', 'x'), 'unchanged', 0],
    ['a delete', remove('old.md'), 'deleted', 1],
    ['a delete of the expected version', remove('old.md', 'id-1'), 'deleted', 1],
    ['a delete of nothing', remove('new.md'), 'absent', 0],
  ])('takes %s for %s', (_name, change, outcome, changes) => {
    const decision = decideWrite(change, current);
    expect(decision.outcomes.map((each) => each.outcome)).toEqual([outcome]);
    expect(decision.writes.length + decision.deletes.length).toBe(changes);
  });

  it.each<[name: string, change: PreparedChange]>([
    ['another version', write('old.md', 'y', { expectedPageId: 'id-0' })],
    ['another version, though the text is the same', write('old.md', 'x', { expectedPageId: 'id-0' })],
    ['a version of a page that is not there', write('new.md', 'y', { expectedPageId: 'id-1' })],
    ['no page where there is one', write('old.md', 'y', { isCreateOnly: true })],
    ['another version to delete', remove('old.md', 'id-0')],
    ['a page to delete that is not there', remove('new.md', 'id-1')],
  ])('refuses who expected %s', (_name, change) => {
    expect(() => decideWrite(change, current)).toThrow(expect.objectContaining({ code: 'wiki.page.precondition-failed', kind: 'conflict' }));
  });

  it('refuses the whole write for one page', () => {
    const change = { writes: [...write('new.md', 'x').writes, ...write('old.md', 'y', { isCreateOnly: true }).writes], deletes: [] };
    expect(() => decideWrite(change, current)).toThrow('wiki.page.precondition-failed');
  });
});
