import { describe, expect, it } from 'vitest';
import { clauseOf, partsPattern } from './clause.js';

const STEMS = new Map([['memory', 'memori'], ['memories', 'memori'], ['retries', 'retri'], ['wrote', 'write'], ['loader', 'loader'], ['box', 'box']]);

describe('a phrase is looked up by', () => {
  it.each<[string, string, string[], boolean]>([
    ['its words, and where they stand', 'retry policy', ['retry', 'policy'], true],
    ['its words but the little ones', 'out of memory', ['memory'], true],
    ['nothing for little words alone', 'out of the', [], true],
    ['one word alone', 'memory', ['memory'], false],
    ['an identifier alone', 'tsFileNames', ['tsfilenames'], false],
    ['a path alone', 'src/lib/loader.ts', ['src/lib/loader.ts'], false],
    ['an identifier and a word', 'tsFileNames loader', ['tsfilenames', 'loader'], true],
  ])('%s', (_what, phrase, texts, hasParts) => {
    const clause = clauseOf(phrase)!;
    expect([clause.texts, clause.parts !== null]).toEqual([texts, hasParts]);
  });

  it('nothing where it has no word', () => {
    expect(clauseOf(' -- && ')).toBeNull();
  });
});

describe('a phrase stands in', () => {
  /** Postgres' dialect as far as it is used here. */
  const stands = (phrase: string, text: string): boolean => {
    const pattern = partsPattern(clauseOf(phrase)!.parts!, (word) => STEMS.get(word) ?? word);
    return new RegExp(pattern.replaceAll('[^[:alnum:]]', '[^\\p{L}\\p{N}]').replaceAll('[[:alnum:]]', '[\\p{L}\\p{N}]'), 'iu').test(text);
  };

  it.each([
    ['out of memory', 'It ran Out of\nmemory.', true],
    ['out of memory', 'out-of-memory', true],
    ['out of memory', 'out of memories', true],
    ['out of memories', 'out of memory', true],
    ['out of memory', 'out of the memory', false],
    ['out of memory', 'scout of memory', false],
    ['out of memory', 'memory of out', false],
    ['of the box', 'out of the boxes', true],
    ['wrote loader', 'he wrote loaders', true],
    ['tsFileNames loader', 'call ts_file_names: loader', true],
    ['tsFileNames loader', 'tsFileNames, the loader', false],
    ['2345 in App', 'TS 2345 in <App>', true],
  ])('"%s" in %j: %s', (phrase, text, expected) => {
    expect(stands(phrase, text)).toBe(expected);
  });
});
