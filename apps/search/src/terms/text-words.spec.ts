import { describe, expect, it } from 'vitest';
import { chunksOf, fold } from './text-words.js';

const wordsOf = (text: string) => chunksOf(text).flatMap((chunk) => chunk.words.map((word) => word.text));
const wholesOf = (text: string) => chunksOf(text).flatMap((chunk) => chunk.wholes);

describe('the words of a text', () => {
  it.each([
    ['prose', "Don't panic: it's fine.", ['don', 't', 'panic', 'it', 's', 'fine']],
    ['camel case', 'tsFileNames', ['ts', 'file', 'names']],
    ['an acronym in camel case', 'parseHTTPHeader', ['parse', 'http', 'header']],
    ['snake and kebab case', 'max_query-exec', ['max', 'query', 'exec']],
    ['a path', 'src/lib/tsFileNames.ts', ['src', 'lib', 'ts', 'file', 'names', 'ts']],
    ['a Windows path', 'C:\\Users\\dev', ['c', 'users', 'dev']],
    ['an error code', 'TS2345 and E0382', ['ts2345', 'and', 'e0382']],
    ['accents', 'Café NAÏVE', ['cafe', 'naive']],
    ['ligatures and full width', 'ﬁle ＡＢＣ', ['file', 'abc']],
    ['letters that have no accent to take off', 'Straße Łódź Ørsted', ['strasse', 'lodz', 'orsted']],
    ['other scripts', 'Привет שלום', ['привет', 'שלום']],
    ['a script without spaces, in pairs of letters and the last one', '内存不足', ['内存', '存不', '不足', '足']],
    ['a letter alone', '駅', ['駅']],
    ['two scripts without a space between them', 'PostgreSQLに接続v2', ['postgre', 'sql', 'に接', '接続', '続', 'v2']],
    ['half width as full width', 'ﾃﾞｰﾀ', ['デー', 'ータ', 'タ']],
    ['Korean', '데이터베이스', ['데이', '이터', '터베', '베이', '이스', '스']],
    ['Thai, marks with their letters', 'ที่นี่', ['ที่นี่', 'นี่']],
    ['punctuation alone', '--- *** // …', []],
    ['nothing', '', []],
  ])('split %s', (_what, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are found again at their place', () => {
    const text = 'See `tsFileNames` (𝒳 naïve)';
    const places = chunksOf(text).flatMap((chunk) => chunk.words.map(({ start, end }) => text.slice(start, end)));
    expect(places).toEqual(['See', 'ts', 'File', 'Names', '𝒳', 'naïve']);
  });

  it('are never longer than 64 characters', () => {
    expect(wordsOf('a'.repeat(5_000))).toEqual(['a'.repeat(64)]);
  });
});

describe('identifiers kept whole', () => {
  it.each([
    ['a plain word', 'search', []],
    ['a word at the end of a sentence', 'search.', []],
    ['camel case', 'tsFileNames', ['tsfilenames']],
    ['snake case', 'max_query_exec', ['max_query_exec']],
    ['camel case inside snake case', 'get_userName', ['get_username', 'username']],
    ['kebab case', 'read-your-writes', ['read-your-writes']],
    ['a dotted name', 'os.path.join', ['os.path.join']],
    ['a qualified name', 'Foo::barBaz', ['foo::barbaz', 'barbaz']],
    ['a path and the shorter paths in it', '/work/src/auth.ts', ['work/src/auth.ts', 'src/auth.ts', 'auth.ts']],
    ['a Windows path as any other', 'src\\auth.ts', ['src/auth.ts', 'auth.ts']],
    ['a place in a file', 'src/a.ts:12:3', ['src/a.ts:12:3', 'src/a.ts', 'a.ts']],
    ['a package', '@nestjs/core', ['nestjs/core']],
    ['a long flag', '--no-verify', ['--no-verify', 'no-verify']],
    ['a short flag', '-rf', ['-rf']],
    ['a negative number', '-5', []],
    ['a version', 'v24.21.0', ['v24.21.0']],
    ['an advisory', 'CVE-2026-28292', ['cve-2026-28292']],
    ['languages', 'C++ or C#', ['c++', 'c#']],
    ['an address', 'localhost:5432', ['localhost:5432']],
    ['a name in a sentence without spaces', '接続はPostgreSQLのmax_connectionsで', ['postgresql', 'max_connections']],
    ['a path with names of such a script', 'docs/設計.md', ['docs/設計.md', '設計.md']],
  ])('of %s', (_what, text, wholes) => {
    expect(wholesOf(text)).toEqual(wholes);
  });

  it('leave out what is too long to be a name', () => {
    expect(wholesOf(`${'a/'.repeat(100_000)}b.ts`)).toEqual([]);
  });
});

it('folds composed and decomposed letters alike', () => {
  expect(fold('e\u0301A\u030a')).toBe(fold('\u00e9\u00c5'));
});
