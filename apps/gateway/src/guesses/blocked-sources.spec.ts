import { expect, it } from 'vitest';
import { BlockedSources } from './blocked-sources.js';

const MINUTE_MS = 60_000;

it('refuses a source until its time, others not, and no longer than a minute whatever is told', () => {
  let now = 1_000_000;
  const blocked = new BlockedSources(() => now);
  blocked.block('a', now + 5_000);
  blocked.block('b', Number.MAX_SAFE_INTEGER);
  expect(['a', 'b', 'c'].map((source) => blocked.waitMs(source))).toEqual([5_000, MINUTE_MS, 0]);
  now += 5_000;
  expect(['a', 'b'].map((source) => blocked.waitMs(source))).toEqual([0, MINUTE_MS - 5_000]);
});

it('remembers a bounded number of sources', () => {
  const blocked = new BlockedSources();
  for (let index = 0; index <= 10_000; index += 1) blocked.block(`source ${index}`, Number.MAX_SAFE_INTEGER);
  expect([blocked.waitMs('source 0'), blocked.waitMs('source 10000')]).toEqual([0, expect.any(Number)]);
});
