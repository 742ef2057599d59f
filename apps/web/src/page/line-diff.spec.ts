import { describe, expect, it } from 'vitest';
import { diffParts, linesOf, sideBySide } from './line-diff.js';

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

describe('the difference of two texts', () => {
  it.each([
    ['', '', []], ['a\n', 'a\n', ['same a 1 1']], ['', 'a\nb', ['added a - 1', 'added b - 2']], ['a\n', '', ['removed a 1 -']],
    ['a\nb\nc\n', 'a\nx\nc\n', ['same a 1 1', 'removed b 2 -', 'added x - 2', 'same c 3 3']],
  ])('of %j and %j has every line once, with its numbers', (before, after, lines) => {
    expect(linesOf(before, after).map((line) => `${line.kind} ${line.text} ${line.before ?? '-'} ${line.after ?? '-'}`)).toEqual(lines);
  });

  it('leaves out what is far from any change, and says how much', () => {
    const after = numbered(20).replace('line 10\n', 'line ten\n');
    expect(diffParts(numbered(20), after).map((part) => (part.kind === 'hidden' ? part.count : part.lines.length))).toEqual([6, 8, 7]);
  });

  it('puts what came in the place of something beside it', () => {
    const rows = sideBySide(linesOf('a\nb\nc\n', 'a\nx\ny\nc\n'));
    expect(rows.map(([left, right]) => [left?.text, right?.text])).toEqual([['a', 'a'], ['b', 'x'], [undefined, 'y'], ['c', 'c']]);
  });
});
