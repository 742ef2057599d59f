import { describe, expect, it } from 'vitest';
import { queryTerms } from '../terms/query-terms.js';
import { pastWords } from './past-words.js';

describe('what the past is looked through for', () => {
  it.each([
    ['leases', 'leas'], ['happy', 'happ'], ['gnu', 'gnu'], ['src/lib/loader.ts', 'src/lib/loader.ts'], ['Outbox', 'outb'], ['E1234', 'e1234'],
  ])('has for %s what it begins with, as far as an ending leaves it alone, or all of a name: %s', (query, expected) => {
    expect(pastWords(queryTerms(query))).toContain(expected);
  });

  it('has no word of a query without one', () => {
    expect(pastWords(queryTerms('the'))).toEqual([]);
  });
});
