import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TermFilter, termHash } from './term-filter.js';

const filterOf = (terms: readonly string[]): TermFilter => TermFilter.from(TermFilter.of(terms.map(termHash)).bytes);

it('holds each term that was put into it', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), { minLength: 1 }), (terms) => {
    const filter = filterOf(terms);
    expect(terms.filter((term) => !filter.mayHold(termHash(term)))).toEqual([]);
  }));
});

it.each([1, 30, 1_000, 100_000])('of %i terms lets through one of a hundred others, or somewhat more', (count) => {
  const filter = filterOf(Array.from({ length: count }, (_, index) => `word${index}`));
  const others = Array.from({ length: 20_000 }, (_, index) => `other${index}`);
  expect(others.filter((term) => filter.mayHold(termHash(term))).length / others.length).toBeLessThan(count === 1 ? 0.2 : 0.02);
});

it('is of ten bits a term', () => {
  expect(TermFilter.of(Array.from({ length: 1_000 }, (_, index) => termHash(String(index)))).bytes).toHaveLength(1_250);
});

it('that a segment lacks rules nothing out', () => {
  expect(TermFilter.from(new Uint8Array()).mayHold(termHash('walrus'))).toBe(true);
});
