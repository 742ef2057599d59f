import { APICallError } from 'ai';
import { describe, expect, it } from 'vitest';
import { Fault } from '#libs/faults';
import { ADDRESS_REFUSED, AnswerTooLarge } from '#libs/outgoing';
import { failureOf, retryAfterMs } from './call-failure.js';

const NOW = Date.parse('2026-11-25T12:00:00Z');

function status(statusCode: number, responseBody = '', responseHeaders = {}): APICallError {
  return new APICallError({ message: 'failed', url: 'https://x.example', requestBodyValues: {}, statusCode, responseBody, responseHeaders });
}

function unanswered(cause: unknown): APICallError {
  return new APICallError({ message: 'failed', url: 'https://x.example', requestBodyValues: {}, cause });
}

describe('a failed call', () => {
  it.each([
    ['a bad request', status(400), 'never', false],
    ['a wrong key', status(401), 'never', false],
    ['no such model', status(404), 'never', false],
    ['too many requests', status(429), 'later', false],
    ['a broken provider', status(500), 'later', false],
    ['an overloaded provider', status(529), 'later', false],
    ['a prompt too long', status(400, '{"error":{"code":"context_length_exceeded"}}'), 'too-long', false],
    ['a body too large', status(413), 'too-long', false],
    ['a time-out', new DOMException('late', 'TimeoutError'), 'later', true],
    ['a time-out inside', unanswered(new DOMException('late', 'TimeoutError')), 'later', true],
    ['nobody there', unanswered(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), 'later', false],
    ['a connection that broke', unanswered(Object.assign(new Error('x'), { code: 'ECONNRESET' })), 'later', true],
    ['an address that may not be called', unanswered(new Fault(ADDRESS_REFUSED)), 'never', false],
    ['an answer without end', unanswered(new AnswerTooLarge()), 'never', true],
    ['something that is no error', 'x', 'later', true],
  ] as const)('for %s is to be tried again or not, and may have cost something or not', (_what, error, kind, mayBeCharged) => {
    expect(failureOf(error, NOW)).toMatchObject({ kind, mayBeCharged });
  });

  it('waits as long as the provider asks', () => {
    expect(failureOf(status(429, '', { 'retry-after': '7' }), NOW).retryAfterMs).toBe(7_000);
  });

  it('tells nothing of what the provider said', () => {
    expect(failureOf(status(401, 'key sk-canary is wrong'), NOW).reason).toBe('HTTP 401');
  });
});

describe('Retry-After', () => {
  it.each([
    ['12', 12_000],
    ['Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', null],
    [undefined, null],
  ])('%s is %s ms', (header, waitMs) => {
    expect(retryAfterMs(header, NOW)).toBe(waitMs);
  });
});
