import { describe, expect, it } from 'vitest';
import type { SpoolState } from '../spool/spool-state.js';
import { checkSpool } from './spool-check.js';

const NOW = new Date('2026-11-23T10:00:00Z');
const DAY_MS = 86_400_000;
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const EMPTY: SpoolState = { events: 0, bytes: 0, oldestAt: null, lastSuccessAt: null, lastError: null, retryAt: null, failures: 0, drainer: null, dropped: [] };
const noAnswer = { at: NOW, status: 0, detail: 'curl-7' };

describe('the spool', () => {
  it.each([
    ['is empty', {}, 'ok', 'nothing waits'],
    ['is being sent', { events: 3, bytes: 900, oldestAt: ago(1_000) }, 'ok', '3 events wait'],
    ['waits for a server that is down', { events: 1, oldestAt: ago(1_000), lastError: noAnswer }, 'warning', '1 event waits (0.0 MiB, the oldest for 0 h): the server gave no answer (curl-7)'],
    ['waits for a token', { events: 1, oldestAt: ago(1_000), lastError: { at: NOW, status: 401, detail: 'http' } }, 'warning', 'wants a valid token'],
    ['has many files', { events: 170_000, oldestAt: ago(1_000) }, 'failure', 'nearly full'],
    ['has many bytes', { events: 10, bytes: 513 * 1_048_576, oldestAt: ago(1_000) }, 'failure', 'It is full'],
    ['has waited for long', { events: 10, oldestAt: ago(6 * DAY_MS), lastError: noAnswer }, 'failure', 'nearly full'],
  ])('that %s is told as %s', (_what, more, status, what) => {
    expect(checkSpool({ ...EMPTY, ...more }, NOW)).toMatchObject([{ check: 'spool', status, what: expect.stringContaining(what) }]);
  });

  it.each([
    ['evicted-age', 1, 'full or they were too old'], ['no-such-server', 1, 'not set up here'], ['http-400', 1, 'the server refused them'], ['something-new', 1, 'could not be used'], ['excluded', 1, undefined], ['evicted-age', 8, undefined],
  ])('that lost events for %s %i days ago tells of it', (reason, daysAgo, cause) => {
    const lost = checkSpool({ ...EMPTY, dropped: [{ reason, events: 4, lastAt: ago(daysAgo * DAY_MS) }] }, NOW).slice(1);
    expect(lost).toEqual(cause === undefined ? [] : [expect.objectContaining({ status: 'warning', what: expect.stringContaining(cause) })]);
  });
});
