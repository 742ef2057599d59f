import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncateMiddle } from './truncate-middle.js';

describe('truncateMiddle', () => {
  it.each([
    ['keeps text that fits', 'abc', 3, 'abc'],
    ['keeps text that fits by bytes', 'é', 2, 'é'],
    ['keeps head and tail', 'a'.repeat(100), 50, `${'a'.repeat(11)}\n… [79 bytes omitted] …\n${'a'.repeat(10)}`],
    ['counts the bytes it omits', 'é'.repeat(50), 50, `${'é'.repeat(5)}\n… [80 bytes omitted] …\n${'é'.repeat(5)}`],
    ['cuts a short bound without a marker', 'abcdefghij'.repeat(10), 5, 'abcde'],
    ['cuts nothing in two', '😀😀😀', 7, '😀'],
    ['returns nothing for no bytes', 'abc', 0, ''],
  ])('%s', (_, text, bytesMax, expected) => {
    expect(truncateMiddle(text, bytesMax)).toBe(expected);
  });

  it('never exceeds its bound, never breaks a code point, and accounts for every byte', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat({ max: 400 }), (text, bytesMax) => {
      const cut = truncateMiddle(text, bytesMax);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytesMax);
      expect(Buffer.from(cut).toString()).toBe(cut);
      const [, head, omitted, tail] = /^([^]*)\n… \[(\d+) bytes omitted\] …\n([^]*)$/.exec(cut) ?? [];
      if (head === undefined || tail === undefined) return void expect(text.startsWith(cut)).toBe(true);
      expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
      expect(Buffer.byteLength(head) + Number(omitted) + Buffer.byteLength(tail)).toBe(Buffer.byteLength(text));
    }), { numRuns: 1_000 });
  });
});
