import { describe, expect, it } from 'vitest';
import { isPlausibleToken, makeToken } from './access-token.js';

/** As published for secret scanners in docs/secure.md. */
const PUBLISHED = /^mem_(?:pat|svc|dev)_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/;

describe('a token', () => {
  it.each(['pat', 'svc', 'dev'] as const)('of kind %s has the published form, and is never the same again', (type) => {
    const made = Array.from({ length: 50 }, () => makeToken(type));
    expect(made.filter((token) => PUBLISHED.test(token) && token.startsWith(`mem_${type}_`) && isPlausibleToken(token))).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('with one wrong character is refused without asking anybody', () => {
    const token = makeToken('pat');
    const mistyped = Array.from(token.slice(8), (char, index) => `${token.slice(0, 8 + index)}${char === 'x' ? 'y' : 'x'}${token.slice(9 + index)}`);
    expect(mistyped.filter(isPlausibleToken)).toEqual([]);
  });

  it.each([
    ['of the form before, without an underscore before the checksum', makeToken('pat').replace(/_(\w{6})$/, '$1'), true],
    ['of an unknown kind', makeToken('pat').replace('pat', 'abc'), false],
    ['cut off', makeToken('pat').slice(0, -1), false],
    ['that an operator preset', 'x'.repeat(32), true],
    ['that is too short for a preset', 'x'.repeat(31), false],
    ['that is too long for one', 'x'.repeat(513), false],
    ['that is empty', '', false],
  ])('%s is plausible or not', (_what, token, expected) => {
    expect(isPlausibleToken(token)).toBe(expected);
  });
});
