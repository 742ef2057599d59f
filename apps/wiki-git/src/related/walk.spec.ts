import { describe, expect, it } from 'vitest';
import { type Relation, Walk } from './walk.js';

const way = (from: string, to: string, relation: Relation['relation'] = 'link', shared = 1): Relation => ({ from, to, relation, by: relation === 'subject' ? 'pg' : null, shared });

/** The pages that a walk from `a` comes to, with how many steps they are away. */
function walked(...steps: Relation[][]): [string, number][] {
  const walk = new Walk('a', 50);
  steps.forEach((relations) => walk.step(relations));
  return walk.best(50).map(({ to, depth }) => [to, depth]);
}

describe('a walk comes to', () => {
  it.each<[string, Relation[][], [string, number][]]>([
    ['a linked page before one that links', [[way('a', 'b', 'backlink'), way('a', 'c')]], [['c', 1], ['b', 1]]],
    ['who links before who shares a subject or a session', [[way('a', 'b', 'session'), way('a', 'c', 'subject'), way('a', 'd', 'backlink')]], [['d', 1], ['c', 1], ['b', 1]]],
    ['a subject of few before one of many', [[way('a', 'b', 'subject', 12), way('a', 'c', 'subject', 2)]], [['c', 1], ['b', 1]]],
    ['near pages before far ones', [[way('a', 'b', 'session')], [way('b', 'c')]], [['b', 1], ['c', 2]]],
    ['far pages by the way there', [[way('a', 'b', 'session'), way('a', 'c')], [way('b', 'd'), way('c', 'e')]], [['c', 1], ['b', 1], ['e', 2], ['d', 2]]],
    ['each page once, by its shortest way', [[way('a', 'b'), way('a', 'c')], [way('b', 'c'), way('c', 'b'), way('c', 'a')]], [['b', 1], ['c', 1]]],
    ['each page once, by its best way', [[way('a', 'b', 'session'), way('a', 'b')]], [['b', 1]]],
    ['nothing where nothing leads', [[]], []],
  ])('%s', (_what, steps, expected) => {
    expect(walked(...steps)).toEqual(expected);
  });

  it('so many pages a step, the best ones, and goes on from these', () => {
    const walk = new Walk('a', 2);
    expect(walk.step([way('a', 'd', 'session'), way('a', 'c', 'backlink'), way('a', 'b')])).toEqual(['b', 'c']);
    expect(walk.best(1).map(({ to, relation }) => [to, relation])).toEqual([['b', 'link']]);
  });
});
