import { expect, it } from 'vitest';
import { cited, codeSpan, prose } from './markdown.js';

it.each([
  ['plain words', 'plain words'],
  ['two\nlines\tand  gaps', 'two lines and gaps'],
  ['is the `--repo` arg required?', 'is the `--repo` arg required?'],
  ['an odd ` tick', 'an odd \\` tick'],
  ['<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'],
  ['<!-- comment -->', '&lt;!-- comment -->'],
  ['a < b and b > a', 'a < b and b > a'],
  ['see [[secrets/page]]', 'see \\[\\[secrets/page]]'],
  ['![x](http://evil/x.png)', '![x]\\(http://evil/x.png)'],
  ['[click](javascript:x)', '[click]\\(javascript:x)'],
  ['**bold** and snake_case and __init__', '\\*\\*bold\\*\\* and snake_case and \\_\\_init\\_\\_'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['> quote', '\\> quote'],
  ['\u202egnirts\u0007', 'gnirts'],
  ['\u001b[31mred\u001b[0m', 'red'],
])('prose %j is written %j', (text, expected) => {
  expect(prose(text, 200)).toBe(expected);
});

it.each([
  ['npm test', '`npm test`'],
  ['a `b` c', '``a `b` c``'],
  ['`b`', '`` `b` ``'],
  ['<b>', '`<b>`'],
  ['two\nlines', '`two lines`'],
  ['', ''],
])('code %j is written %j', (text, expected) => {
  expect(codeSpan(text, 200)).toBe(expected);
});

it('cuts between words and says that it cut', () => {
  expect(prose('one two three four', 12)).toBe('one two…');
});

it('cuts no character in half', () => {
  expect(prose('😀'.repeat(10), 6)).toBe('😀😀…');
});

it('leaves no code open where the cut fell inside it', () => {
  expect(prose('run `npm test --coverage` now', 12)).toBe('run \\`npm…');
});

it.each([[[3], ' [#3]'], [[3, 9], ' [#3, #9]'], [[undefined], ''], [[], '']])('cites %j as %j', (places, expected) => {
  expect(cited(...places)).toBe(expected);
});
