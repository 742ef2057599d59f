import { describe, expect, it } from 'vitest';
import { daysAgain, expiryOf, POLICY_DEFAULT, stateOf, type TokenPolicy } from './token-life.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const strict: TokenPolicy = { daysMax: 30, mayNeverExpire: false };
const lax: TokenPolicy = { daysMax: 366, mayNeverExpire: true };

describe('a token ends', () => {
  it.each([
    ['after 90 days unless told', undefined, POLICY_DEFAULT, inDays(90)],
    ['earlier where the policy is stricter', undefined, strict, inDays(30)],
    ['when it was told', 7, POLICY_DEFAULT, inDays(7)],
    ['after the longest that is allowed', 30, strict, inDays(30)],
    ['never, where the policy allows that', null, lax, null],
  ])('%s', (_when, days, policy, expected) => {
    expect(expiryOf(days, policy, NOW)).toEqual(expected);
  });

  it.each([[31, strict, 'at most 30 days'], [2, { ...strict, daysMax: 1 }, 'at most 1 day.'], [null, POLICY_DEFAULT, 'every token to expire']])('not after %s days where the policy forbids it', (days, policy, sentence) => {
    expect(() => expiryOf(days, policy, NOW)).toThrow(sentence);
  });
});

it.each([
  ['as long as the one before', { created_at: inDays(-10), expires_at: inDays(4) }, POLICY_DEFAULT, 14],
  ['shorter where the policy became stricter', { created_at: inDays(-10), expires_at: inDays(80) }, strict, 30],
  ['for ever', { created_at: NOW, expires_at: null }, lax, null],
  ['no longer for ever, where that is forbidden by now', { created_at: NOW, expires_at: null }, POLICY_DEFAULT, undefined],
])('the next of a row lives %s', (_how, before, policy, expected) => {
  expect(daysAgain(before, policy)).toBe(expected);
});

it.each([
  ['active', { expires_at: inDays(1), revoked_at: null, rotated_at: null }],
  ['active', { expires_at: null, revoked_at: null, rotated_at: null }],
  ['expired', { expires_at: NOW, revoked_at: null, rotated_at: null }],
  ['rotated', { expires_at: inDays(1), revoked_at: null, rotated_at: inDays(-1) }],
  ['expired', { expires_at: inDays(-1), revoked_at: null, rotated_at: inDays(-2) }],
  ['revoked', { expires_at: inDays(1), revoked_at: NOW, rotated_at: inDays(-1) }],
])('is %s', (expected, life) => {
  expect(stateOf(life, NOW)).toBe(expected);
});
