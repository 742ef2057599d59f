import { describe, expect, it } from 'vitest';
import { BLOCK_MS, GuessLimit, GUESSES_MAX, isLoopback, sourceOf } from './guess-limit.js';

const A = '192.0.2.1';
const B = '192.0.2.2';

function limit(): { limit: GuessLimit; pass(ms: number): void; guess(source: string, count: number, from?: number): boolean[] } {
  let now = 1_000_000;
  const made = new GuessLimit(() => now);
  return { limit: made, pass: (ms) => void (now += ms), guess: (source, count, from = 0) => Array.from({ length: count }, (_value, index) => made.record(source, `d${from + index}`)) };
}

describe('an address that sends wrong secrets', () => {
  it('is refused after so many different ones, and for a minute', () => {
    const { limit: guesses, guess, pass } = limit();
    expect(guess(A, GUESSES_MAX + 1).indexOf(true)).toBe(GUESSES_MAX);
    expect(guesses.blockedMs(A)).toBe(BLOCK_MS);
    pass(BLOCK_MS - 1);
    expect(guesses.blockedMs(A)).toBe(1);
    pass(1);
    expect([guesses.blockedMs(A), guess(A, GUESSES_MAX)]).toEqual([0, Array<boolean>(GUESSES_MAX).fill(false)]);
  });

  it('is not refused for one that it repeats, however often', () => {
    const { limit: guesses } = limit();
    for (let count = 0; count < 1_000; count += 1) guesses.record(A, 'stale');
    expect(guesses.blockedMs(A)).toBe(0);
  });

  it('is not refused for what lies a minute back', () => {
    const { limit: guesses, guess, pass } = limit();
    guess(A, GUESSES_MAX);
    pass(60_000);
    guess(A, GUESSES_MAX, 100);
    expect(guesses.blockedMs(A)).toBe(0);
  });

  it('brings no other address into trouble', () => {
    const { limit: guesses, guess } = limit();
    guess(A, 100);
    guess(B, GUESSES_MAX);
    expect([guesses.blockedMs(A), guesses.blockedMs(B)]).toEqual([BLOCK_MS, 0]);
  });

  it('is refused for what another replica tells, and for no longer than by ourselves', () => {
    const { limit: guesses } = limit();
    guesses.block(A, Number.MAX_SAFE_INTEGER);
    expect(guesses.blockedMs(A)).toBe(BLOCK_MS);
  });
});

it('remembers a bounded number of addresses', () => {
  const { limit: guesses } = limit();
  guesses.block(A, Number.MAX_SAFE_INTEGER);
  for (let index = 0; index < 10_000; index += 1) guesses.record(`source ${index}`, 'wrong');
  expect(guesses.blockedMs(A)).toBe(0);
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['nonsense', 'unknown'],
  [undefined, 'unknown'],
])('the address %s counts as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});

it.each([['127.0.0.1', true], ['::1', true], ['::ffff:127.8.0.1', true], ['192.0.2.1', false], ['::', false], ['localhost', false], [undefined, false]])('%s is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
