import { describe, expect, it } from 'vitest';
import { clauseOf, clausePattern } from './clause.js';

const STEMS = new Map([['memory', 'memori'], ['memories', 'memori'], ['retry', 'retri'], ['retries', 'retri'], ['wrote', 'write'], ['connections', 'connect'], ['run', 'run'], ['2345', '2345']]);

describe('a phrase stands in', () => {
  /** Postgres' dialect as far as it is used here. */
  const stands = (phrase: string, text: string): boolean => {
    const pattern = clausePattern(clauseOf(phrase), (word) => STEMS.get(word) ?? word);
    return new RegExp(pattern.replaceAll('[^[:alnum:]]', '[^\\p{L}\\p{N}]'), 'iu').test(text);
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
    ['of the box', 'out of the boxcar', false],
    ['wrote loader', 'he wrote loaders', true],
    ['retry', 'it retried', true],
    ['retry', 'retrieve it', false],
    ['run', 'it is running', true],
    ['run', 'a rune', true],
    ['connections', 'connected', true],
    ['tsFileNames loader', 'call ts_file_names: loader', true],
    ['tsFileNames', 'in tsFileNames.ts', true],
    ['tsFileNames', 'the file names', false],
    ['src/lib/loader.ts', '/home/dev/src/lib/loader.ts:12', true],
    ['2345 in App', 'TS 2345 in <App>', true],
    ['2345', '23456', false],
    ['内存', '内存', true],
    ['内存不足', '服务器内存不足了', true],
    ['内存不足', '内存很不足', false],
    ['PostgreSQL接続', 'PostgreSQL 接続', true],
    ['Grosse Strasse', 'die große Straße', true],
    ['café crème', 'a cafe creme', true],
    ['cafe', 'the cafés', true],
  ])('"%s" in %j: %s', (phrase, text, expected) => {
    expect(stands(phrase, text)).toBe(expected);
  });

  it('nothing where it has no word', () => {
    expect(clauseOf(' -- && ')).toEqual([]);
  });
});
