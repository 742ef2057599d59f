import { describe, expect, it } from 'vitest';
import type { SoakSample } from './soak-sample.js';
import { verdictsOf } from './soak-verdicts.js';

/** Forty samples, each as `at` makes it of how much of the time has passed, from 0 to 1. */
function samples(at: (share: number) => Partial<SoakSample>): SoakSample[] {
  const steady: SoakSample = { memoryMiB: { gateway: 200 }, handles: { gateway: 40 }, processes: 9, connections: 20, awaitedLocks: 0, deadLetters: 0, tables: {}, unindexed: 0, uncompiled: 0, outbox: 0 };
  return Array.from({ length: 40 }, (_, index) => ({ ...steady, ...at(index / 39) }));
}

const badOf = (at: (share: number) => Partial<SoakSample>): string[] => verdictsOf(samples(at), 100).filter(({ isGood }) => !isGood).map(({ of }) => of);

describe('verdictsOf', () => {
  it.each<[string, (share: number) => Partial<SoakSample>, string[]]>([
    ['steady', () => ({}), []],
    ['what grows while it warms up', (share) => ({ memoryMiB: { gateway: share < 0.2 ? 100 : 220 } }), []],
    ['memory that goes on growing', (share) => ({ memoryMiB: { gateway: 200 + 100 * share } }), ['memory of gateway']],
    ['handles that are not closed', (share) => ({ handles: { gateway: 40 + Math.round(100 * share) } }), ['handles of gateway']],
    ['files that Postgres keeps open', (share) => ({ handles: { postgres: 900 + Math.round(900 * share) } }), []],
    ['connections', (share) => ({ connections: Math.round(20 + 50 * share) }), ['connections']],
    ['indexing that falls behind at last', (share) => ({ unindexed: share > 0.9 ? 501 : 0 }), ['events not indexed']],
    ['what was buried', () => ({ deadLetters: 1 }), ['dead letters']],
    ['tables: those of what was captured may grow', (share) => ({ tables: { 'capture.observations': 1e9 * share, 'capture.outbox': 1e6 + 2e7 * share } }), ['table capture.outbox']],
  ])('%s', (_name, at, expected) => {
    expect(badOf(at)).toEqual(expected);
  });
});
