import { describe, expect, it } from 'vitest';
import { digestOf } from '../client/client-home.js';
import { EXIT, Failure } from '../client/failure.js';
import type { Finding } from './finding.js';
import { checkServer, type ServerFacts } from './server-check.js';

const TOKEN = 'a-token';
const identity = { version: '1.2.3', level: 'user', operator: 'dev', organisation: 'acme' };
const refused = new Failure('The token is not valid', EXIT.unauthenticated);
const facts = (more: Partial<ServerFacts>): ServerFacts => ({
  connection: { serverUrl: 'https://memory.example.com', token: TOKEN, tokenFrom: 'file' }, login: undefined, identity, clockAheadSeconds: 0, ...more,
});
const summary = (findings: Finding[]): string[] => findings.map(({ check, status }) => `${check} ${status}`);

describe('the server and the token', () => {
  it('are fine', () => {
    expect(summary(checkServer(facts({})))).toEqual(['server ok', 'token ok', 'clock ok']);
  });

  it('are not told apart while the server is down', () => {
    const [down, ...rest] = checkServer(facts({ identity: new Failure('x is not reachable: nothing listens there', EXIT.unreachable), clockAheadSeconds: undefined }));
    expect(down).toMatchObject({ check: 'server', status: 'failure', what: expect.stringContaining('nothing listens'), fix: expect.stringContaining('ai-memory config set server_url') });
    expect(rest).toEqual([]);
  });

  it.each([
    ['has expired', { identity: new Failure('The token has expired.', EXIT.unauthenticated, undefined, 'auth.token-expired') }, 'has expired', 'Ask an owner for a new one, then: ai-memory login'],
    ['was revoked', { login: { server_url: 'x', accepted_at: '2026-05-01T10:00:00Z', token_sha256: digestOf(TOKEN) } }, 'accepted on 2026-05-01 and is no more', 'Ask an owner for a new one'],
    ['never was right', {}, 'does not know the stored token', 'ai-memory login'],
    ['in the environment is wrong', { connection: { serverUrl: 'https://x', token: TOKEN, tokenFrom: 'environment' as const } }, 'does not know AI_MEMORY_AUTH_TOKEN', 'unset it'],
    ['is missing', { connection: { serverUrl: 'https://x', token: undefined, tokenFrom: 'nowhere' as const } }, 'there is none', 'ai-memory login'],
    ["is another server's", { connection: { serverUrl: 'https://x', token: undefined, tokenFrom: 'withheld' as const } }, 'belongs to another server', 'ai-memory login --server-url'],
  ])('tell of a token that %s', (_what, more, what, fix) => {
    const token = checkServer(facts({ identity: refused, ...more })).find(({ check }) => check === 'token');
    expect(token).toMatchObject({ status: 'failure', what: expect.stringContaining(what), fix: expect.stringContaining(fix) });
  });

  it.each([['http://memory.example.com', TOKEN, 1], ['http://127.0.0.1:1', TOKEN, 0], ['https://memory.example.com', TOKEN, 0], ['http://memory.example.com', undefined, 0]])('warn of a token that anybody can read on its way to %s (%s)', (serverUrl, token, expected) => {
    expect(checkServer(facts({ connection: { serverUrl, token, tokenFrom: 'file' } })).filter(({ check }) => check === 'encryption')).toHaveLength(expected);
  });
});

it.each([[undefined, 'ok', 'dev of acme'], [90, 'ok', 'dev of acme'], [7.5, 'ok', 'dev of acme'], [6.9, 'warning', 'ends in 6 days'], [1.5, 'warning', 'ends tomorrow'], [0.2, 'warning', 'ends today']])(
  'a token with %s days left is %s', (tokenDaysLeft, status, what) => {
    expect(checkServer(facts({ tokenDaysLeft })).find(({ check }) => check === 'token')).toMatchObject({ status, what: expect.stringContaining(what) });
  });

describe('the clock', () => {
  it.each([[0, 'ok'], [-29, 'ok'], [31, 'warning'], [-299, 'warning'], [301, 'failure'], [-86_400, 'failure']])('that is %i s ahead is %s', (clockAheadSeconds, status) => {
    expect(checkServer(facts({ clockAheadSeconds })).find(({ check }) => check === 'clock')?.status).toBe(status);
  });
});
