import { expect, it } from 'vitest';
import { sketchLikeness, sketchOf } from './shingles.js';

/** As many words, each its own, of which the first `same` are those of every other such text. */
function words(count: number, same: number, other: string): string {
  return Array.from({ length: count }, (_value, index) => (index < same ? `word${index}` : `${other}${index}`)).join(' ');
}

it('knows the same text whatever its case, punctuation and line ends', () => {
  const text = words(60, 60, '');
  expect(sketchOf(text.toUpperCase().replaceAll(' ', ',\n'))).toEqual(sketchOf(text));
});

it.each([[400, 400, 1, 1], [400, 360, 0.7, 0.9], [400, 200, 0.2, 0.45], [400, 0, 0, 0.02]])('judges texts of %d words of which %d are the same to be alike by %d to %d', (count, same, min, max) => {
  const likeness = sketchLikeness(sketchOf(words(count, same, 'left')), sketchOf(words(count, same, 'right')));
  expect(likeness).toBeGreaterThanOrEqual(min);
  expect(likeness).toBeLessThanOrEqual(max);
});

it('has no opinion of short texts', () => {
  expect([sketchOf('To do.').length, sketchLikeness(sketchOf('To do.'), sketchOf('To do.'))]).toEqual([0, 0]);
});
