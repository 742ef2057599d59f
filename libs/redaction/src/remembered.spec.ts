import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.js';

const counted = (isKept = () => true) => {
  const judged: string[] = [];
  return { judged, judge: remembered((name: string) => `${judged.push(name) > 0}:${name}`, isKept) };
};

describe('a remembered judgement', () => {
  it('is made once of a name', () => {
    const { judged, judge } = counted();
    expect([judge('a'), judge('b'), judge('a')]).toEqual(['true:a', 'true:b', 'true:a']);
    expect(judged).toEqual(['a', 'b']);
  });

  it.each([
    ['a result that is not to stay', counted(() => false), ['secret', 'secret']],
    ['a name of more than 64 characters', counted(), ['n'.repeat(65), 'n'.repeat(65)]],
  ])('is made each time of %s', (_what, { judged, judge }, names) => {
    names.forEach(judge);
    expect(judged).toEqual(names);
  });

  it('stays in memory for 2,000 names, and no more', () => {
    const { judged, judge } = counted();
    const names = Array.from({ length: 2_001 }, (_, index) => `n${index}`);
    names.forEach(judge);
    names.forEach(judge);
    expect(judged).toEqual([...names, 'n2000']);
  });
});
