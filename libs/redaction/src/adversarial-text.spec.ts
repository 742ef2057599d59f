import { expect, it } from 'vitest';
import { cleanText } from './clean-text.js';
import { redactText } from './redact-text.js';

const CHARACTERS = 1_000_000;
const filled = (shape: string): string => shape.repeat(Math.ceil(CHARACTERS / shape.length)).slice(0, CHARACTERS);

// One quadratic pattern takes minutes on any of these; the linear ones take a fraction of a second even on a busy machine.
it.each([
  'a', ' ', '-', '\\', '"', '😀', 'token', 'token=', 'token="', 'token: ', 'token   ', 'token="${', 'name-token_value-',
  'token="token=\'token=`token=\\"token=\\\'token=\\`', ';a password=x', 'password=a', '\\"password\\":\\"x1y2z3q\\",',
  `token="${'<'.repeat(500)}"`, `token="${'/a.b'.repeat(120)}!"`, `token="${'a '.repeat(250)}"`, `token=${')'.repeat(30)}a`, '<password>a</', 'token is ',
  '://', '://a:', '://a:b@', `postgres://a:${'b'.repeat(300)}`, 'authorization: Bearer ', 'basic aaaaaaaaa ', 'digest a=b,', 'cookie=a=', 'cookie: a=b; ',
  ' -u a', 'mysql x -p', 'login a password ', 'eyJ', 'eyJaaaaaaaaaa.', '\\neyJ', '%20eyJ', ' sk-a', 'AKIA', 'github_pat_', 'glpat-', 'MTA', '-us1',
  '-----BEGIN PRIVATE KEY-----', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n`, '-----BEGIN PRIVATE KEY-----\\n\\n\\n', `${'A'.repeat(100)}-----END PRIVATE KEY-----`,
  '[REDACTED:jwt]', '[REDACTED:', 'token=[REDACTED:jwt]', '[REDACTED:bearer-token]=x', '\u001b[', '\u001b]0;', 'a\u200b',
])('a megabyte of %j is redacted and cleaned in linear time', (shape) => {
  const text = filled(shape);
  expect(typeof redactText(text).text).toBe('string');
  expect(cleanText(text).length).toBeLessThanOrEqual(text.length);
}, 5_000);

it('withholds text in which finds overlap so often that it can only be meant to cost time', () => {
  expect(redactText(filled('AKIA'))).toMatchObject({ text: '[REDACTED:unreadable]', findings: { unreadable: 1 } });
});
