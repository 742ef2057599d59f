import { expect, it } from 'vitest';
import { cleanText } from './clean-text.js';

it.each([
  ['keeps tabs and line feeds', 'a\tb\nc', 'a\tb\nc'],
  ['keeps letters of every script, and emoji', 'Ünïcödé 漢字 עברית 😀', 'Ünïcödé 漢字 עברית 😀'],
  ['drops NUL', 'a\0b', 'ab'],
  ['drops other controls', 'a\x07\x08\x7f\x85b', 'ab'],
  ['makes one line end of all', 'a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
  ['drops colours', '\x1b[1;31mred\x1b[0m', 'red'],
  ['drops cursor movements', 'a\x1b[2K\x1b[1Gb', 'ab'],
  ['drops window titles', '\x1b]0;title\x07a', 'a'],
  ['drops the target of a terminal link', '\x1b]8;;https://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
  ['drops character set switches', '\x1b(Ba', 'a'],
  ['keeps what follows an escape that is none', '\x1bghp', 'ghp'],
  ['keeps what follows an unfinished title', '\x1b]0;title', ']0;title'],
  ['drops bidirectional controls', 'a\u202eb\u2066c\u200fd\u061ce', 'abcde'],
  ['drops zero-width characters', 'a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg', 'abcdefg'],
  ['drops tags, which carry hidden text', `a${String.fromCodePoint(0xe0041, 0xe0042)}b`, 'ab'],
  ['drops variation selectors, which carry hidden bytes', 'a\ufe0fb\u{e0101}c', 'abc'],
  ['drops fillers that look like nothing', 'a\u3164b\uffa0c\u115fd', 'abcd'],
  ['replaces lone surrogates', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
  ['makes no character of halves that an invisible one kept apart', 'a\ud83d\u200b\ude00', 'a\ufffd\ufffd'],
])('%s', (_, text, expected) => {
  expect(cleanText(text)).toBe(expected);
});
