import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../terms/text-words.js';
import { snippetOf } from './snippets.js';

/** Marks the given words wherever they stand, as the positions of the index would. */
function snippet(text: string, words: readonly string[], wholes: readonly string[] = []): string {
  const all = chunksOf(text).flatMap((chunk) => chunk.words.map((word) => word.text));
  const found = all.flatMap((word, index): [number, string][] => (words.includes(word) ? [[index + 1, word]] : []));
  return snippetOf(text, { lexemeAt: new Map(found), wholes: new Set(wholes) });
}

describe('a snippet', () => {
  it.each([
    ['a word', 'We use Postgres.', ['postgres'], [], 'We use <mark>Postgres</mark>.'],
    ['the parts of an identifier as one', 'call tsFileNames()', ['ts', 'file', 'names'], [], 'call <mark>tsFileNames</mark>()'],
    ['one part of an identifier', 'call tsFileNames()', ['file'], [], 'call ts<mark>File</mark>Names()'],
    ['an identifier kept whole', 'needs v24.21.0 now', [], ['v24.21.0'], 'needs <mark>v24.21.0</mark> now'],
    ['lines as one', 'first\n\n  second\tline', ['second'], [], 'first <mark>second</mark> line'],
    ['pairs of letters as what they make', '服务器内存不足了', ['内存', '存不', '不足'], [], '服务器<mark>内存不足</mark>了'],
    ['no match by the beginning', 'Only the title matched.', [], [], 'Only the title matched.'],
    ['an empty text by nothing', '', ['word'], [], ''],
  ])('shows %s', (_what, text, words, wholes, expected) => {
    expect(snippet(text, words, wholes)).toBe(expected);
  });

  it.each([
    ['a tag', '<script>alert(1)</script> word', '&lt;script&gt;alert(1)&lt;/script&gt; <mark>word</mark>'],
    ['an attribute', `" onmouseover='x' word`, '&quot; onmouseover=&#39;x&#39; <mark>word</mark>'],
    ['a mark of its own', '<mark>word</mark>', '&lt;mark&gt;<mark>word</mark>&lt;/mark&gt;'],
    ['an entity', '&lt; word &amp;', '&amp;lt; <mark>word</mark> &amp;amp;'],
  ])('shows %s as text', (_what, text, expected) => {
    expect(snippet(text, ['word'])).toBe(expected);
  });

  it('is where the most different matches are close together', () => {
    const text = `${'alpha filler '.repeat(40)} far away ${'padding '.repeat(40)} here alpha meets beta at last ${'tail '.repeat(80)}`;
    const shown = snippet(text, ['alpha', 'beta']);
    expect(shown).toContain('<mark>alpha</mark> meets <mark>beta</mark>');
    expect(shown).toMatch(/^…padding .* tail…$/);
  });

  it('shows a letter of a script without spaces alone, where it was asked for alone', () => {
    expect(snippetOf('内存不足', { lexemeAt: new Map([[2, '存']]), wholes: new Set() })).toBe('内<mark>存</mark>不足');
  });

  it('is cut where there are no spaces too, and never between a letter and its marks', () => {
    const shown = snippet(`${'ที่'.repeat(60)}内存${'นี่'.repeat(200)}`, ['内存', '存น']).replaceAll(/<.?mark>/g, '');
    expect(shown).toMatch(/^…[^\p{M}].*内存.*[\p{M}]…$/u);
    expect(shown.length).toBeLessThan(245);
  });

  it('holds no markup but its own, half a character nowhere, and stays short', () => {
    const text = fc.array(fc.oneof(fc.constantFrom('word', '😀', '<b>', '&', "'", '\n', 'é', 'x'.repeat(80)), fc.string({ unit: 'grapheme' })), { maxLength: 120 }).map((parts) => parts.join(' '));
    fc.assert(fc.property(text, fc.nat(40), (joined, cut) => {
      const shown = snippet(joined.slice(cut), ['word', 'e']);
      const plain = shown.replaceAll(/<\/?mark>/g, '').replaceAll(/&(amp|lt|gt|quot|#39);/g, '.');
      expect(plain).not.toMatch(/[<>"'&]/);
      expect(/\p{Surrogate}/u.test(plain)).toBe(/\p{Surrogate}/u.test(joined.slice(cut, cut + 1)) && /^\p{Surrogate}/u.test(plain));
      expect(plain.length).toBeLessThanOrEqual(245);
      expect(shown.split('<mark>').length).toBe(shown.split('</mark>').length);
    }));
  });
});
