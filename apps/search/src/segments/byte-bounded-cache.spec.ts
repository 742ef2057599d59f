import { expect, it } from 'vitest';
import { ByteBoundedCache } from './byte-bounded-cache.js';

it('forgets what was used longest ago once it holds too many bytes', () => {
  const cache = new ByteBoundedCache<string>(100);
  cache.set('a', 'A', 40);
  cache.set('b', 'B', 40);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 40);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C']);
});

it('keeps nothing that is larger than all of it, and counts what is put in again once', () => {
  const cache = new ByteBoundedCache<string>(100);
  cache.set('a', 'A', 60);
  cache.set('a', 'A again', 60);
  expect(cache.get('a')).toBe('A again');
  cache.set('huge', 'H', 101);
  expect([cache.get('a'), cache.get('huge')]).toEqual(['A again', undefined]);
});
