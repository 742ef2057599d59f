import { describe, expect, it } from 'vitest';
import { agentWirings, handoffEvent, hookOutput } from '../index.js';

const MARKDOWN = 'You left off at "a\\b".\n\tNext: é';
const JSON_TEXT = JSON.stringify(MARKDOWN);
const specific = (event: string): string => `{"hookSpecificOutput":{"hookEventName":"${event}","additionalContext":${JSON_TEXT}}}`;

describe('hookOutput', () => {
  it.each([
    ['claude-code', 'SessionStart', specific('SessionStart')],
    ['claude-code', 'UserPromptSubmit', specific('UserPromptSubmit')],
    ['codex', 'SessionStart', specific('SessionStart')],
    ['qwen-code', 'SessionStart', specific('SessionStart')],
    ['gemini-cli', 'SessionStart', specific('SessionStart')],
    ['gemini-cli', 'BeforeAgent', specific('BeforeAgent')],
    ['command-code', 'SessionStart', specific('SessionStart')],
    ['vscode-copilot', 'SessionStart', specific('SessionStart')],
    ['devin', 'SessionStart', specific('SessionStart')],
    ['copilot-cli', 'sessionStart', `{"additionalContext":${JSON_TEXT}}`],
    ['cursor', 'sessionStart', `{"additional_context":${JSON_TEXT}}`],
    ['cursor', 'postToolUse', `{"additional_context":${JSON_TEXT}}`],
    ['antigravity-cli', 'PreInvocation', `{"injectSteps":[{"ephemeralMessage":${JSON_TEXT}}]}`],
    ['grok', 'PostToolUse', specific('PostToolUse')],
    ['kimi-code', 'UserPromptSubmit', MARKDOWN],
    ['kiro-cli', 'agentSpawn', MARKDOWN],
    ['cline', 'PreToolUse', `{"cancel":false,"contextModification":${JSON_TEXT}}`],
    ['opencode', 'SessionStart', MARKDOWN],
    ['pi', 'SessionStart', MARKDOWN],
    ['omp', 'SessionStart', MARKDOWN],
    ['openclaw', 'SessionStart', MARKDOWN],
  ])('gives %s at %s what it takes in', (agent, event, expected) => {
    expect(hookOutput(agent, event, MARKDOWN)).toBe(expected);
  });

  it.each([
    ['claude-code', 'SessionStart', ''],
    ['claude-code', 'PostToolUse', ''],
    ['codex', 'Stop', ''],
    ['gemini-cli', 'SessionStart', ''],
    ['copilot-cli', 'sessionStart', ''],
    ['kimi-code', 'UserPromptSubmit', ''],
    ['grok', 'PostToolUse', ''],
    ['cline', 'PreToolUse', ''],
    ['windsurf', 'pre_user_prompt', ''],
    ['cursor', 'beforeSubmitPrompt', '{"continue":true}'],
    ['cursor', 'preToolUse', '{"permission":"allow"}'],
    ['cursor', 'stop', '{}'],
    ['antigravity-cli', 'PreToolUse', '{"decision":"allow"}'],
    ['antigravity-cli', 'PreInvocation', '{}'],
    ['antigravity-cli', 'Stop', '{}'],
    ['nobody', 'SessionStart', ''],
  ])('lets %s at %s go on where there is nothing to say', (agent, event, expected) => {
    expect(hookOutput(agent, event, '')).toBe(expected);
  });

  it.each([['codex', 'Stop'], ['grok', 'SessionStart'], ['kimi-code', 'SessionStart'], ['windsurf', 'pre_user_prompt'], ['zed', 'SessionStart']])('never gives %s at %s what it would not take in', (agent, event) => {
    expect(hookOutput(agent, event, MARKDOWN)).toBe('');
  });
});

describe('handoffEvent', () => {
  it('is null for agents that have to ask', () => {
    expect(agentWirings.map(({ agent }) => agent).filter((agent) => handoffEvent(agent) === null)).toEqual(['windsurf', 'zed', 'claude-desktop']);
  });

  it.each(agentWirings.filter(({ agent, events }) => handoffEvent(agent) !== null && events.length > 0 && agent !== 'opencode'))('of $agent is one that we are wired to', ({ agent, events }) => {
    expect(events).toContain(handoffEvent(agent));
  });
});
