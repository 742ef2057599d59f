import { describe, expect, it } from 'vitest';
import type { PageTrust } from '#libs/contracts';
import type { LoggedCommit } from './git-log.js';
import { PageOrigins, recordedTrust } from './page-origins.js';

describe('what a commit records of a page', () => {
  it.each<readonly [agent: string | null, lines: readonly (readonly [string, PageTrust])[], stated: unknown, isPushed: boolean, trust: PageTrust]>([
    [null, [], undefined, false, 'user'],
    [null, [['a.md', 'agent']], undefined, false, 'agent'],
    ['codex', [['a.md', 'user']], undefined, false, 'user'],
    ['codex', [['a.md', 'tool']], 'user', false, 'tool'],
    ['codex', [], undefined, false, 'agent'],
    ['codex', [], 'outside', false, 'outside'],
    ['codex', [], 'user', false, 'agent'],
    ['codex', [['a.md', 'tool']], undefined, true, 'user'],
  ])('agent %s, lines %j, frontmatter %s, pushed %s: %s', (agent, lines, trust, isPushed, expected) => {
    expect(recordedTrust({ agent, trusts: new Map(lines) }, 'a.md', { trust }, isPushed)).toBe(expected);
  });
});

it('finds the newest commit that brought a text to its page', () => {
  const commit = (name: string, blob: string): LoggedCommit => ({
    commit: name, committedAt: new Date(0), author: 'Ada', agent: null, sessionId: null, trusts: new Map(), message: '', changes: [{ path: 'a.md', blob, mode: '100644', status: 'M' }],
  });
  const origins = new PageOrigins([commit('3', 'x'), commit('2', 'y'), commit('1', 'x')]);
  expect([origins.of('a.md', 'x')?.commit, origins.of('a.md', 'y')?.commit, origins.of('b.md', 'x')]).toEqual(['3', '2', undefined]);
});
