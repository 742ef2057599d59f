import { expect, it } from 'vitest';
import { fitToStore } from './fit-to-store.js';

it('replaces secrets at any depth, also where invisible characters split them, and counts them', () => {
  const secret = ['ghp', `${'A'.repeat(16)}1b2C3d4E5f6G7h8J9k0L`].join('_');
  const { value, redactions } = fitToStore({ title: 'plain', lines: [`a ${secret}`, `b ${secret.slice(0, 10)}\u200b${secret.slice(10)}`], none: null, count: 2 });
  expect(value).toEqual({ title: 'plain', lines: [expect.stringMatching(/^a \[REDACTED:/), expect.stringMatching(/^b \[REDACTED:/)], none: null, count: 2 });
  expect(redactions).toBe(2);
});
