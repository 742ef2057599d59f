import { expect, it } from 'vitest';
import { makeToken } from '../identity/access-token.js';
import { plainLine } from './plain-line.js';

const LINE = plainLine(100);

it.each(['laptop', ' CI of the shop ', 'x'.repeat(100)])('%j is a plain line', (text) => {
  expect(LINE.parse(text)).toBe(text.trim());
});

it.each([['pat', makeToken('pat')], ['svc', `my ${makeToken('svc')}`], ['dev', makeToken('dev')]])('a pasted token of kind %s is named in the refusal, and not shown', (_kind, text) => {
  const { error } = LINE.safeParse(text);
  expect(error!.issues[0]!.message).toBe('holds what looks like a secret (memory-token)');
});
