import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundText } from './bound-text.js';
import { cleanText } from './clean-text.js';
import { redactText } from './redact-text.js';
import { redactValue } from './redact-value.js';
import { SECRETS_IN_CONTEXT, SYNTHETIC_SECRETS } from './synthetic-secrets.js';

const PIECES = [
  ...SYNTHETIC_SECRETS.map(([, secret]) => secret),
  ...SECRETS_IN_CONTEXT.map(([, secret, place]) => place(secret)),
  'password', 'TOKEN', '="', "='", ': ', '=', '\\"', '\\\\"', '"', "'", '\\n', '\n', ' ', ';', '${', '}', '://', '@', '--token ', ' is ', 'Bearer ', 'Cookie: a=',
  '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '[REDACTED:jwt]', '[REDACTED:named-secret]', '[REDACTED:', ']', 'sk-', 'eyJ', 'authorization:',
];

/** Text made of what the rules look for, in any order: far more hostile than random characters. */
const hostileText = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 14 }).map((pieces) => pieces.join(''));
const secret = fc.constantFrom(...SYNTHETIC_SECRETS.map(([, value]) => value));
const separator = fc.constantFrom(' ', '\n', '\t', '"', "'", '`', '(', ',', ';', '=', ': ', '>', '|', '\\n', '\\"', '%20', '/', '+');

/** Whether a stretch of the secret long enough to matter is left. */
function survives(value: string, text: string): boolean {
  for (let start = 0; start + 16 <= value.length; start += 1) if (text.includes(value.slice(start, start + 16))) return true;
  return text.includes(value);
}

describe('redactText', () => {
  it('is idempotent', () => {
    fc.assert(fc.property(hostileText, (text) => {
      const once = redactText(text).text;
      expect(redactText(once)).toEqual({ text: once, findings: {} });
    }), { numRuns: 1_500 });
  });

  it('leaves nothing of a secret, whatever text surrounds it', () => {
    fc.assert(fc.property(hostileText, separator, secret, separator, hostileText, (before, left, value, right, after) => {
      const around = [before, after].some((text) => survives(value, text));
      fc.pre(!around);
      expect(survives(value, redactText(before + left + value + right + after).text)).toBe(false);
    }), { numRuns: 1_500 });
  });

  it('returns text without secrets unchanged', () => {
    fc.assert(fc.property(fc.lorem({ mode: 'sentences', maxCount: 12 }), (text) => {
      expect(redactText(text)).toEqual({ text, findings: {} });
    }));
  });
});

describe('redactValue', () => {
  it('is idempotent and keeps the shape', () => {
    fc.assert(fc.property(fc.jsonValue({ stringUnit: fc.constantFrom(...PIECES), maxDepth: 4 }), (value) => {
      const once = redactValue(value).value;
      expect(redactValue(once)).toEqual({ value: once, findings: {} });
      expect(Array.isArray(once)).toBe(Array.isArray(value));
    }), { numRuns: 500 });
  });
});

describe('boundText', () => {
  it('never exceeds its bound and leaves nothing of a secret that lies across the cut', () => {
    fc.assert(fc.property(fc.nat({ max: 400 }), secret, fc.nat({ max: 400 }), fc.nat({ max: 600 }), (before, value, after, bytesMax) => {
      const { text } = boundText(`${'a '.repeat(before)}${value}${' b'.repeat(after)}`, bytesMax);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytesMax);
      expect(survives(value, text)).toBe(false);
    }), { numRuns: 1_000 });
  });

  it('recognises a secret that invisible characters split', () => {
    const invisible = fc.constantFrom('\u200b', '\u0000', '\u202e', '\u00ad', '\ufe0f', '\u{e0041}', '\u001b[31m', '\u0007');
    fc.assert(fc.property(secret, invisible, fc.nat(), (value, char, at) => {
      const cut = at % value.length;
      expect(survives(value, boundText(`x ${value.slice(0, cut)}${char}${value.slice(cut)} y`, 100_000).text)).toBe(false);
    }), { numRuns: 500 });
  });
});

describe('cleanText', () => {
  it('is idempotent and always well-formed', () => {
    const unit = fc.oneof(fc.constantFrom('\u001b', '[', '31m', ']0;t', '\u0007', '\\', '\r', '\n', '\u200d', '\ud83d', '\ude00', '\udb40', '\udc41', '\u009b'), fc.string({ unit: 'binary', maxLength: 3 }));
    fc.assert(fc.property(fc.array(unit, { maxLength: 20 }).map((parts) => parts.join('')), (text) => {
      const once = cleanText(text);
      expect(cleanText(once)).toBe(once);
      expect(Buffer.from(once).toString()).toBe(once);
    }), { numRuns: 1_000 });
  });
});
