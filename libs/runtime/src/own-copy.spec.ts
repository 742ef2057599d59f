import { expect, it } from 'vitest';
import { ownCopy } from './own-copy.js';

it.each([0, 1, 500, 16_384, 200_000])('a copy of %d bytes keeps no more than these', (size) => {
  const bytes = Buffer.alloc(size + 2, 'abc').subarray(1, size + 1);
  const copy = ownCopy(bytes);
  expect(copy.equals(bytes)).toBe(true);
  expect(copy.buffer.byteLength).toBe(size);
});
