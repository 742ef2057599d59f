import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentName, knownAgents, PROFILES } from './registry.js';

describe('registry', () => {
  it('holds every profile that lies beside it, each in the file of its name', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
    const profiles = files.map((file) => file.slice(0, -3)).filter((name) => !['index', 'registry', 'agent-profile'].includes(name));
    expect(knownAgents.map(({ name }) => name).toSorted()).toEqual(profiles.toSorted());
  });

  it('gives no label to two agents', () => {
    const labels = PROFILES.flatMap((profile) => [profile.name, ...(profile.aliases ?? [])]);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('agentName', () => {
  it.each([
    ['claude-code', {}, 'claude-code'],
    ['Claude Code', {}, 'claude-code'],
    ['claude_code', {}, 'claude-code'],
    [' CODEX ', {}, 'codex'],
    ['gemini', {}, 'gemini-cli'],
    ['agy', {}, 'antigravity-cli'],
    ['my_agent.v2', {}, 'my_agent.v2'],
    ['Hermes', {}, 'hermes'],
  ])('reads %j as declared: %s', (declared, payload, expected) => {
    expect(agentName(declared, payload)).toBe(expected);
  });

  it.each([undefined, '', '../etc/passwd', '-x', 'a b c', 'x'.repeat(65)])('takes %j for unknown', (declared) => {
    expect(agentName(declared, null)).toBe('unknown');
  });

  it.each([
    ['claude-code', { cursor_version: '3.1.0' }, 'cursor'],
    ['claude-code', { hookEventName: 'pre_tool_use', hook_event_name: 'PreToolUse' }, 'grok'],
    [undefined, { cursor_version: '3.1.0' }, 'cursor'],
    ['claude-code', { cursor_version: 3 }, 'claude-code'],
  ])('believes a body that only one agent sends over the label %j', (declared, payload, expected) => {
    expect(agentName(declared, payload)).toBe(expected);
  });
});
