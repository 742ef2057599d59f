import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryTerms, TERMS_MAX } from './query-terms.js';

const termsOf = (query: string) => queryTerms(query).terms.filter(({ isJoined }) => !isJoined).map((term) => term.text);

describe('the terms of a query', () => {
  it.each([
    ['words without stop-words, once each', 'How does the retry work, and the retry?', ['retry', 'work']],
    ['identifiers before words', 'where is tsFileNames set', ['tsfilenames', 'ts', 'file', 'names', 'set']],
    ['an identifier of stop-words', 'doIt', ['doit']],
    ['a version without its numbers', 'node v24.21.0', ['v24.21.0', 'node']],
    ['a port', 'localhost:5432', ['localhost:5432', 'localhost', '5432']],
    ['operators as what they are made of', "foo & !bar | 'baz':* <-> (qux)", ['foo', 'bar', 'baz', 'qux']],
    ['stop-words alone', 'what is it about?', []],
    ['words without stop-words of the language that it is asked in', 'Wie starte ich den Server auf dem Laptop?', ['starte', 'server', 'laptop']],
    ['stop-words of another language, where it is asked in English', 'how did the process die', ['process', 'die']],
    ['pairs of letters', '内存不足', ['内存', '存不', '不足']],
    ['punctuation alone', '"" -- && ?', []],
  ])('are %s', (_what, query, terms) => {
    expect(termsOf(query)).toEqual(terms);
  });

  it('are bounded, and identifiers stay', () => {
    const words = Array.from({ length: 300 }, (_, index) => `word${index}`);
    const terms = termsOf([...words, 'auth_token.ts'].join(' '));
    expect(terms).toHaveLength(TERMS_MAX);
    expect(terms[0]).toBe('auth_token.ts');
  });

  it('are there for any query at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
      const terms = termsOf(query);
      return terms.length <= TERMS_MAX && new Set(terms).size === terms.length && terms.every((term) => !/[\s'"\\\0]/.test(term));
    }), { numRuns: 40 });
  }, 60_000);
});

describe('what a word of a query may be called otherwise', () => {
  it.each([
    ['two words in one', 'parse file name', ['parsefile', 'filename']],
    ['no word of two that it has itself', 'file name filename', ['namefilename']],
    ['no number', 'port 5432', []],
    ['no pairs of letters', '内存不足', []],
  ])('is %s', (_what, query, joined) => {
    expect(queryTerms(query).terms.filter(({ isJoined }) => isJoined).map(({ text }) => text)).toEqual(joined);
  });

  it.each([
    ['an abbreviation', 'string length', { string: ['str'], length: ['len'] }],
    ['none that the query has itself', 'the str of a string', { str: [], string: [] }],
  ])('is %s', (_what, query, others) => {
    expect(Object.fromEntries(queryTerms(query).terms.filter(({ isJoined }) => !isJoined).map((term) => [term.text, term.others]))).toEqual(others);
  });

  it('counts for less where it says in what language or manner', () => {
    expect(Object.fromEntries(queryTerms('python example of retries').terms.filter(({ isJoined }) => !isJoined).map(({ text, weight }) => [text, weight]))).toEqual({ python: 0.2, example: 0.5, retries: 1 });
  });
});

describe('the phrases of a query', () => {
  it.each([
    ['no quotes', 'out of memory', []],
    ['one word in quotes', '"memory"', []],
    ['a quote that is not closed', 'say "out of memory', []],
    ['stop-words, which keep their place', 'the "pool out of memory" error', [[{ text: 'pool', offset: 0 }, { text: 'memory', offset: 3 }]]],
    ['letters of a script without spaces', '内存不足', [[{ text: '内存', offset: 0 }, { text: '存不', offset: 1 }, { text: '不足', offset: 2 }]]],
    ['an identifier', '"maxRetries reached"', [[{ text: 'max', offset: 0 }, { text: 'retries', offset: 1 }, { text: 'reached', offset: 2 }]]],
  ])('of %s', (_what, query, phrases) => {
    expect(queryTerms(query).phrases).toEqual(phrases);
  });
});
