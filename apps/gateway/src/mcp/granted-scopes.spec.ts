import { describe, expect, it } from 'vitest';
import { accessOfRole, type Limits, scopeOfCredential } from '#libs/tenancy';
import { refuseUngranted } from './granted-scopes.js';
import { findTool } from './toolset.js';

const call = (name: string): object => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });

function scopeWith(scopes: Limits['scopes']) {
  const actor = { type: 'user', userId: '00000000-0000-4000-8000-000000000001', name: 'ada', email: 'ada@example.com', role: 'member', isOperator: false, limits: { scopes, projectIds: null } } as const;
  return scopeOfCredential('00000000-0000-4000-8000-000000000002', { ...actor, limits: { scopes, projectIds: null } }, accessOfRole('member'));
}

describe('an agent that may read', () => {
  const reader = scopeWith(['memory:read']);

  it('is told all scopes that it needs when it writes', () => {
    expect(() => refuseUngranted(reader, call('memory_write_page'), findTool)).toThrow(expect.objectContaining({ code: 'mcp.insufficient-scope', scopes: ['memory:read', 'pages:write'] }));
    expect(() => refuseUngranted(reader, [call('memory_query'), call('memory_write_page')], findTool)).toThrow();
  });

  it.each([['reads', call('memory_query')], ['lists', { jsonrpc: '2.0', id: 1, method: 'tools/list' }], ['calls what is not there', call('nothing')], ['sends what is no message', 7]])('is let through when it %s', (_what, body) => {
    expect(() => refuseUngranted(reader, body, findTool)).not.toThrow();
  });

  it('writes with a token that is not limited', () => expect(() => refuseUngranted(scopeWith(null), call('memory_write_page'), findTool)).not.toThrow());
});
