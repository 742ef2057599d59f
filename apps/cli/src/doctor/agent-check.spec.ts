import { describe, expect, it } from 'vitest';
import { type AgentFacts, checkAgent, checkHookFiles } from './agent-check.js';

const WIRED: AgentFacts = { agent: 'codex', label: 'Codex', capture: 'current', mcp: 'current', version: '0.169.0', minimumVersion: '0.145.0', alsoIn: [], trust: { trusted: 8, hooks: 8 } };
const summary = (more: Partial<AgentFacts>): string[] => checkAgent({ ...WIRED, ...more }, true).map(({ check, status }) => `${check} ${status}`);

describe('an agent', () => {
  it.each([
    ['wired', {}, ['Codex hooks ok', 'Codex MCP ok']],
    ['not wired', { capture: 'no', mcp: 'no' } as const, ['Codex ok']],
    ['that has no hooks', { capture: 'none' } as const, ['Codex MCP ok']],
    ['wired in part', { mcp: 'no' } as const, ['Codex hooks ok', 'Codex MCP warning']],
    ['whose hooks were edited by hand', { capture: 'outdated' } as const, ['Codex hooks warning', 'Codex MCP ok']],
    ['that is too old', { version: '0.99.9' }, ['Codex hooks ok', 'Codex MCP ok', 'Codex failure']],
    ['that does not tell its version', { version: undefined }, ['Codex hooks ok', 'Codex MCP ok']],
    ['whose hooks are not trusted', { trust: { trusted: 0, hooks: 8 } }, ['Codex hooks ok', 'Codex MCP ok', 'Codex trust failure']],
    ['that asks for no trust', { trust: undefined }, ['Codex hooks ok', 'Codex MCP ok']],
    ['that can not be asked about trust', { trust: 'unknown' } as const, ['Codex hooks ok', 'Codex MCP ok', 'Codex trust warning']],
    ['that has none of our hooks to trust', { capture: 'no', trust: 'unknown' } as const, ['Codex hooks warning', 'Codex MCP ok']],
    ['that is captured twice', { alsoIn: ['/srv/api/.codex/hooks.json'] }, ['Codex hooks ok', 'Codex MCP ok', 'Codex hooks warning']],
    ['that is captured by other means once', { capture: 'no', mcp: 'no', alsoIn: ['/a'] } as const, ['Codex ok']],
    ['that is captured by other means twice', { capture: 'no', mcp: 'no', alsoIn: ['/a', '/b'] } as const, ['Codex hooks warning']],
  ])('%s', (_what, more, expected) => {
    expect(summary(more)).toEqual(expected);
  });

  it.each([[true, 'warning'], [false, 'ok']])('that has another token is told of where ours is accepted (%s)', (isSignedIn, status) => {
    expect(checkAgent({ ...WIRED, mcp: 'outdated' }, isSignedIn).find(({ check }) => check === 'Codex MCP')?.status).toBe(status);
  });

  it('that needs something says what, and how', () => {
    const findings = checkAgent({ ...WIRED, capture: 'outdated', trust: { trusted: 3, hooks: 8 }, version: '0.1.0' }, true);
    expect(findings.filter(({ status }) => status !== 'ok')).toMatchObject([
      { what: expect.stringContaining('edited by hand'), fix: 'ai-memory install-hooks --agent codex --apply' },
      { what: 'version 0.1.0 is too old: what is wired needs 0.145.0', fix: 'Update Codex' },
      { what: "5 of 8 hooks are not trusted, and don't run", fix: expect.stringContaining('/hooks') },
    ]);
  });
});

describe("the hook's own files", () => {
  it.each([[0, 0, 'ok'], [0, 1, 'warning'], [1, 0, 'failure'], [2, 3, 'failure']])('with %i missing and %i different are %s', (missing, different, status) => {
    expect(checkHookFiles({ missing, different }, 'codex').status).toBe(status);
  });
});
