import { describe, expect, it } from 'vitest';
import { PROFILES } from '../registry.js';
import { foldEvent, toObservationKind } from './event-names.js';
import { scopesOf } from './fields.js';
import { isNoise } from './noise.js';

describe('toObservationKind', () => {
  it.each([
    ['session-start', ['session-start', 'session_start', 'SessionStart', 'sessionStart', 'event.session.created', 'event:session.created', 'agentSpawn', 'PreInvocation', 'session_switch']],
    ['user-prompt', [
      'user-prompt', 'user_prompt', 'user-prompt-submit', 'user_prompt_submit', 'UserPromptSubmit', 'userPromptSubmit', 'beforeSubmitPrompt',
      'BeforeAgent', 'userPromptSubmitted', 'chat.message', 'before_agent_start', 'before_prompt_build',
    ]],
    ['pre-tool-use', ['pre-tool-use', 'pre_tool_use', 'PreToolUse', 'preToolUse', 'BeforeTool', 'before_tool', 'tool.execute.before', 'tool_call', 'before_tool_call']],
    ['post-tool-use', [
      'post-tool-use', 'post_tool_use', 'PostToolUse', 'postToolUse', 'postToolUseFailure', 'PostToolUseFailure', 'AfterTool',
      'tool.execute.after', 'tool_result', 'after_tool_call',
    ]],
    ['pre-compact', ['pre-compact', 'PreCompact', 'preCompact', 'PreCompress', 'experimental.session.compacting', 'session_before_compact', 'before_compaction']],
    ['post-compaction', ['post-compaction', 'PostCompaction', 'PostCompact', 'event.session.compacted', 'session_compact', 'after_compaction']],
    ['notification', ['notification', 'Notification', 'StopFailure', 'errorOccurred', 'session.error']],
    ['stop', ['stop', 'Stop', 'AfterAgent', 'agentStop', 'Interrupt', 'event.session.idle', 'agent_end', 'session_stop', 'StopCancelled']],
    ['session-end', ['session-end', 'session_end', 'SessionEnd', 'sessionEnd', 'event.session.deleted', 'session_shutdown', 'dispose']],
    ['other', [
      'subagent-start', 'SubagentStart', 'subagent_stop', 'SubagentStop', 'TaskCreated', 'PermissionRequest', 'CwdChanged', '', 'event.', '__proto__', 'nonsense',
    ]],
  ] as const)('maps to %s', (kind, names) => {
    expect(names.map((name) => [name, toObservationKind(name)])).toEqual(names.map((name) => [name, kind]));
  });

  it('never means two things by one name', () => {
    const meanings = PROFILES.flatMap(({ events = {} }) => Object.entries(events).flatMap(([kind, names]) => names.map((name) => ({ name: foldEvent(name), kind }))));
    const contradicted = meanings.filter(({ name, kind }) => meanings.some((other) => other.name === name && other.kind !== kind));
    expect(contradicted).toEqual([]);
  });
});

describe('isNoise', () => {
  it.each([
    ['claude-code', 'MessageDisplay'], ['claude-code', 'PostToolBatch'], ['codex', 'PreModelRequest'], ['codex', 'PostModelRequest'],
    ['gemini-cli', 'BeforeModel'], ['gemini-cli', 'AfterModel'], ['gemini-cli', 'BeforeToolSelection'], ['opencode', 'event:message.part.delta'],
    ['opencode', 'chat.params'], ['cursor', 'afterShellExecution'], ['pi', 'message_update'], ['omp', 'turn_end'], ['kimi-code', 'SessionHeartbeat'],
    ['somebody-else', 'BeforeModel'],
  ])('drops of %s: %s', (agent, event) => {
    expect(isNoise(agent, event)).toBe(true);
  });

  it.each([
    ['claude-code', 'SubagentStop'], ['claude-code', 'TaskCreated'], ['claude-code', 'PostToolUse'], ['codex', 'Interrupt'],
    ['opencode', 'experimental.text.complete'], ['opencode', 'input'], ['somebody-else', 'Stop'],
  ])('keeps of %s: %s', (agent, event) => {
    expect(isNoise(agent, event)).toBe(false);
  });

  it.each([
    ['gemini-cli', 'PreCompress', { trigger: 'auto' }, true],
    ['gemini-cli', 'pre-compact', { trigger: 'auto' }, true],
    ['gemini-cli', 'PreCompress', { trigger: 'manual' }, false],
    ['claude-code', 'PreCompact', { trigger: 'auto' }, false],
    ['antigravity-cli', 'PreInvocation', { invocationNum: 0 }, false],
    ['antigravity-cli', 'session-start', { invocationNum: 1 }, true],
  ])('decides by the body for %s: %s %j', (agent, event, body, expected) => {
    expect(isNoise(agent, event, scopesOf(body))).toBe(expected);
  });
});
