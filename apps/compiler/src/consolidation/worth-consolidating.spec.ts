import { expect, it } from 'vitest';
import { isWorthConsolidating } from './worth-consolidating.js';

const NOW = Date.parse('2026-11-25T12:00:00Z');

it.each([
  ['a session of today', 8, '2026-11-25T11:59:00Z', true],
  ['one that a laptop kept over a weekend', 200, '2026-11-22T12:00:00Z', true],
  ['one of a few events', 7, '2026-11-25T11:59:00Z', false],
  ['one of last week, as an import brings them', 200, '2026-11-18T12:00:00Z', false],
  ['one whose clock is ahead', 8, '2026-11-26T12:00:00Z', true],
])('%s is consolidated without anybody asking, or not', (_what, generation, lastEventAt, isWorth) => {
  expect(isWorthConsolidating({ generation, lastEventAt }, NOW)).toBe(isWorth);
});
