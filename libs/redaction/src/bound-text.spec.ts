import { expect, it } from 'vitest';
import { boundText } from './bound-text.js';

const token = `gh${'p_'}${'aB3dE6gH9jK2mN5pQ8sTuV7wX1yZ'}`;

it('cleans before it redacts, so that an invisible character hides no secret', () => {
  expect(boundText(`use ${token.slice(0, 9)}\u200b${token.slice(9)}`, 1_000)).toEqual({ text: 'use [REDACTED:github-token]', findings: { 'github-token': 1 } });
});

it('redacts before it cuts, so that no half of a secret is left', () => {
  const { text, findings } = boundText(`${'a '.repeat(40)}${token}${' b'.repeat(40)}`, 100);
  expect(text).not.toMatch(/gh|p_|aB3|yZ/);
  expect(findings).toEqual({ 'github-token': 1 });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100);
});

it('counts secrets of the part that is cut out', () => {
  expect(boundText(`${'a '.repeat(400)}${token}${' b'.repeat(400)}`, 100).findings).toEqual({ 'github-token': 1 });
});
