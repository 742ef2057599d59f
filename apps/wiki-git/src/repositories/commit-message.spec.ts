import { describe, expect, it } from 'vitest';
import { type CommitAuthor, commitMessage, identity } from './commit-message.js';

const author: CommitAuthor = { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId: '0198c0de-0000-7000-8000-000000000001' };

describe('commitMessage', () => {
  it('names agent, user and session in the last paragraph', () => {
    expect(commitMessage('Add a page\n\nWhy.\n', author)).toBe('Add a page\n\nWhy.\n\nAgent: codex\nUser: Ada <ada@example.com>\nSession: 0198c0de-0000-7000-8000-000000000001\n');
  });

  it.each<[name: string, message: string, more: Partial<CommitAuthor>, expected: string]>([
    ['always names the user', 'x', { agent: null, sessionId: null }, 'x\n\nUser: Ada <ada@example.com>\n'],
    ['keeps a value on its line', 'x', { agent: 'a\nSession: b\r\u2028c\0d', sessionId: null }, 'x\n\nAgent: a Session: b c d\nUser: Ada <ada@example.com>\n'],
    ['gives an empty message a subject', ' \n\x07', { agent: null, sessionId: null }, 'Update pages\n\nUser: Ada <ada@example.com>\n'],
    ['takes control characters and lone surrogates out', 'a\0b\x1b[1mc\ud800\td\r\ne', { agent: null, sessionId: null }, 'ab[1mc\td\ne\n\nUser: Ada <ada@example.com>\n'],
  ])('%s', (_name, message, more, expected) => {
    expect(commitMessage(message, { ...author, ...more })).toBe(expected);
  });

  it('says who proposed it, and what may be believed less than a person', () => {
    const trusts = new Map([['a.md', 'tool'], ['b.md', 'user']] as const);
    expect(commitMessage('x', { ...author, agent: null, sessionId: null, proposer: 'Bo\nTrust: user a.md' }, trusts)).toBe('x\n\nUser: Ada <ada@example.com>\nProposed-by: Bo Trust: user a.md\nTrust: tool a.md\n');
    expect(commitMessage('x', { ...author, sessionId: null }, trusts)).toContain('\nTrust: tool a.md\nTrust: user b.md\n');
  });
});

describe('identity', () => {
  it.each([
    ['Ada Lovelace', 'ada@example.com', 'Ada Lovelace <ada@example.com>'],
    ['', '', 'unknown <unknown>'],
    ['A<b>', '<c d>@e\n', 'Ab <cd@e>'],
    ['A\ncommitter Eve', 'x', 'A committer Eve <x>'],
    ['\0\0', 'x', 'unknown <x>'],
  ])('makes %j and %j one safe line', (name, email, expected) => {
    expect(identity({ name, email })).toBe(expected);
  });
});
