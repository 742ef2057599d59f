import { describe, expect, it } from 'vitest';
import { RefusalCounts } from './refusal-counts.js';

describe('refusals', () => {
  it('of a kind are one thing with a count', () => {
    const counts = new RefusalCounts<string>(10, 10);
    for (let time = 0; time < 10_000; time += 1) counts.add('acme', 'guess', 'first');
    expect(counts.take()).toEqual([[{ first: 'first', count: 10_000, isMixed: false }]]);
  });

  it('of ever new kinds are bounded, and none is left uncounted', () => {
    const counts = new RefusalCounts<number>(10, 3);
    for (let guess = 0; guess < 1_000; guess += 1) counts.add('acme', `guess ${guess}`, guess);
    const [counted] = counts.take();
    expect(counted!.map(({ count, isMixed }) => ({ count, isMixed }))).toEqual([{ count: 1, isMixed: false }, { count: 1, isMixed: false }, { count: 1, isMixed: false }, { count: 997, isMixed: true }]);
  });

  it('of one organisation take no room from another', () => {
    const counts = new RefusalCounts<number>(10, 3);
    for (let guess = 0; guess < 1_000; guess += 1) counts.add('acme', `guess ${guess}`, guess);
    counts.add('beta', 'once', 1);
    expect(counts.take()[1]).toEqual([{ first: 1, count: 1, isMixed: false }]);
  });

  it('are forgotten once they are taken, and bounded in organisations', () => {
    const counts = new RefusalCounts<number>(1, 3);
    expect([counts.add('acme', 'a', 1), counts.add('beta', 'a', 1), counts.take().length, counts.take().length]).toEqual([true, false, 1, 0]);
  });
});
