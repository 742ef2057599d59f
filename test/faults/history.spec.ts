import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, type Rule, type Stored, violationsOf } from './history.js';
import { shrink, told } from './shrink.js';

function keep(item: string, said: string, sentAt = 0, log = 's'): Attempt {
  return { act: 'keep', log, item, sentAt, answeredAt: sentAt + 1, said, isAcknowledged: said.startsWith('2') };
}
const claim = (item: string, log = 's'): Attempt => ({ act: 'claim', log, item, sentAt: 5, answeredAt: 6, said: '200', isAcknowledged: true });
const session = (...items: string[]): Stored => ({ s: { items, isOrdered: true } });
const heap = (...items: string[]): Stored => ({ s: { items, isOrdered: false } });

const CASES: readonly [name: string, attempts: Attempt[], stored: Stored, rules: Rule[]][] = [
  ['nothing sent, nothing there', [], {}, []],
  ['acknowledged and there', [keep('a', '202'), keep('b', '202')], session('a', 'b'), []],
  ['acknowledged and gone', [keep('a', '202'), keep('b', '202')], session('a'), ['lost']],
  ['acknowledged, and its whole session gone', [keep('a', '202')], {}, ['lost']],
  ['refused and gone', [keep('a', '503')], {}, []],
  ['refused, and there all the same', [keep('a', 'no answer')], session('a'), []],
  ['there, and never sent', [keep('a', '202')], session('a', 'x'), ['never sent']],
  ['a session that nobody began', [], session('x'), ['never sent']],
  ['sent again after no answer, there once', [keep('a', 'no answer'), keep('a', '202', 2)], session('a'), []],
  ['sent again after no answer, there twice', [keep('a', 'no answer'), keep('a', '202', 2)], session('a', 'a'), ['twice']],
  ['in another order than sent', [keep('a', '202'), keep('b', '202')], session('b', 'a'), ['out of order']],
  ['in another order where none is promised', [keep('a', '202'), keep('b', '202')], heap('b', 'a'), []],
  ['in order though the first of them was told last', [keep('a', '503'), keep('a', '202', 9)], session('a'), []],
  ['claimed once', [keep('a', '201'), claim('a')], heap('a'), []],
  ['claimed by two', [keep('a', '201'), claim('a'), claim('a')], heap('a'), ['claimed twice']],
  ['claimed, and never left', [claim('a')], heap('a'), ['never sent']],
  ['a page as in git', [keep('a', '201')], { s: { items: ['a'], isOrdered: true, shown: 'a', inGit: 'a' } }, []],
  ['a page that git has otherwise', [keep('a', '201')], { s: { items: ['a'], isOrdered: true, shown: 'a', inGit: 'b' } }, ['not as in git']],
  ['several things at once', [keep('a', '202'), keep('b', '202')], session('b', 'b'), ['lost', 'twice']],
];

describe('the history checker', () => {
  it.each(CASES)('%s', (_name, attempts, stored, rules) => {
    expect(violationsOf(attempts, stored).map(({ rule }) => rule)).toEqual(rules);
  });

  const items = fc.uniqueArray(fc.integer({ min: 0, max: 999 }).map((number) => `i${number}`), { minLength: 1, maxLength: 30 });
  /** A server that keeps each once, in order, and acknowledges some of what it keeps. */
  const honest = items.chain((all) => fc.tuple(fc.constant(all), fc.array(fc.constantFrom('202', 'no answer', '503'), { minLength: all.length, maxLength: all.length })));

  it('finds nothing wrong with a server that keeps its word, whatever answers get lost', () => {
    fc.assert(fc.property(honest, ([all, answers]) => {
      const attempts = all.map((item, at) => keep(item, answers[at]!, at));
      const stored = session(...all.filter((_item, at) => answers[at] !== '503'));
      expect(violationsOf(attempts, stored)).toEqual([]);
    }));
  });

  it('finds each acknowledged item that is taken away, and a history of that one alone shows it', () => {
    fc.assert(fc.property(honest, fc.nat(), ([all, answers], pick) => {
      const attempts = all.map((item, at) => keep(item, answers[at]!, at));
      const acknowledged = attempts.filter(({ isAcknowledged }) => isAcknowledged);
      fc.pre(acknowledged.length > 0);
      const victim = acknowledged[pick % acknowledged.length]!;
      const stored = session(...all.filter((item) => item !== victim.item));
      const violation = violationsOf(attempts, stored).find(({ rule }) => rule === 'lost')!;
      expect(violation.items).toEqual([victim.item]);
      expect(shrink(attempts, stored, violation)).toEqual({ attempts: [victim], stored: session() });
    }));
  });

  it('shrinks a wrong order to the two that stand wrong', () => {
    fc.assert(fc.property(items, fc.nat(), (all, pick) => {
      fc.pre(all.length > 1);
      const at = pick % (all.length - 1);
      const swapped = [...all.slice(0, at), all[at + 1]!, all[at]!, ...all.slice(at + 2)];
      const attempts = all.map((item, index) => keep(item, '202', index));
      const [violation] = violationsOf(attempts, session(...swapped));
      expect(violation!.rule).toBe('out of order');
      expect(shrink(attempts, session(...swapped), violation!).attempts.map(({ item }) => item)).toEqual([all[at], all[at + 1]]);
    }));
  });

  it('says which session, what was sent, when, and what the server said', () => {
    const attempts = [keep('step 0', '202 queued', 1_000), keep('step 1', 'no answer: ECONNRESET', 1_500), keep('step 1', '202 queued', 2_000)];
    const stored = session('step 0', 'step 1', 'step 1');
    const [violation] = violationsOf(attempts, stored);
    expect(told(violation!, shrink(attempts, stored, violation!))).toBe([
      'twice: s',
      '  1.500 s keep "step 1" → 1.501 s no answer: ECONNRESET',
      '  2.000 s keep "step 1" → 2.001 s 202 queued',
      '  stored: "step 1", "step 1"',
    ].join('\n'));
  });
});
