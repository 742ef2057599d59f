import { describe, expect, it } from 'vitest';
import { heatOf, weeksOf } from './activity-weeks.js';
import { type PageHead, treeOf } from './page-tree.js';

const page = (path: string, title = path): PageHead => ({ path, title }) as PageHead;

describe('the tree of pages', () => {
  const tree = treeOf([page('z.md'), page('b/two.md'), page('a/deep/one.md'), page('b/one.md', 'About cats')]);
  it('has folders by name, each with the count of all below', () => {
    expect(tree.folders.map(({ name, count }) => [name, count])).toEqual([['a', 1], ['b', 2]]);
    expect([tree.count, tree.pages.map(({ path }) => path), tree.folders[0]!.folders[0]!.path]).toEqual([4, ['z.md'], 'a/deep']);
  });

  it.each([['ONE', 2], ['b cats', 1], ['dogs', 0], [' ', 4]])('keeps for %j what has all words in path or title', (wanted, count) => {
    expect(treeOf([page('z.md'), page('b/two.md'), page('a/deep/one.md'), page('b/one.md', 'About cats')], wanted).count).toBe(count);
  });
});

describe('a year of days', () => {
  const weeks = weeksOf([{ day: '2026-11-25', observations: 7 }, { day: '2020-01-01', observations: 9 }], new Date('2026-11-25T23:00:00Z'));
  it('ends today, has whole weeks before, and days without anything', () => {
    expect([weeks.length, weeks[0]!.length, weeks.at(-1)!.length, weeks[0]![0]!.day, weeks.at(-1)!.at(-1)]).toEqual([53, 7, 4, '2025-11-23', { day: '2026-11-25', observations: 7 }]);
    expect(weeks.flat().reduce((sum, { observations }) => sum + observations, 0)).toBe(7);
  });

  it.each([[0, 10, 0], [1, 1000, 1], [10, 10, 4], [3, 10, 3], [5, 0, 0]] as const)('%d of at most %d is of heat %d', (observations, most, heat) => expect(heatOf(observations, most)).toBe(heat));
});
