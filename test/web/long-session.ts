import type { RecordedEvent } from '../system/client.js';

const FILES = ['src/relay/relay.service.ts', 'src/relay/lease.ts', 'src/relay/relay.spec.ts', 'src/outbox/outbox.repository.ts', 'README.md'];
const PROMPTS = ['Why does the outbox relay publish some events twice?', 'Give each row a lease, and let the relay claim by it', 'The retry test fails on CI, look into it', 'Write down why we chose the lease'];
const STEP_MS = 7_000;

/** A session of a Claude Code that reads, edits and runs tests, some of which fail: `turns` times a prompt with ten events. */
export function longSession(sessionId: string, turns = 8, endsAt = Date.now()): RecordedEvent[] {
  const events = [event('SessionStart', { source: 'startup', model: 'claude-sonnet-4-5' }), ...Array.from({ length: turns }, (_, turn) => turnOf(turn)).flat(), event('SessionEnd', { reason: 'exit' })];
  return events.map(({ event: name, payload }, index) => {
    const at = new Date(endsAt - (events.length - index) * STEP_MS).toISOString();
    return { at, event: name, payload: { session_id: sessionId, cwd: '/home/dev/shop', hook_event_name: name, occurred_at: at, ...payload } };
  });
}

function event(name: string, payload: Record<string, unknown>): Omit<RecordedEvent, 'at'> {
  return { event: name, payload };
}

function turnOf(turn: number): Omit<RecordedEvent, 'at'>[] {
  const file = FILES[turn % FILES.length]!;
  const call = (step: number): string => `toolu_${turn}_${step}`;
  const used = (step: number, name: string, input: object, answer: unknown): Omit<RecordedEvent, 'at'>[] => [
    event('PreToolUse', { tool_name: name, tool_input: input, tool_use_id: call(step) }), event('PostToolUse', { tool_name: name, tool_input: input, tool_response: answer, tool_use_id: call(step) }),
  ];
  return [
    event('UserPromptSubmit', { prompt: `${PROMPTS[turn % PROMPTS.length]!} (${turn + 1})` }),
    ...used(1, 'Grep', { pattern: 'claim\\(', path: 'src' }, { mode: 'content', content: `${file}:12: claim(limit: number)` }),
    ...used(2, 'Read', { file_path: `/home/dev/shop/${file}` }, { type: 'text', file: { filePath: `/home/dev/shop/${file}`, content: 'export class Relay { /* … */ }', numLines: 1 } }),
    ...used(3, 'Edit', { file_path: `/home/dev/shop/${file}`, old_string: 'limit', new_string: 'limit, leaseMs' }, { filePath: `/home/dev/shop/${file}`, structuredPatch: [] }),
    ...(turn % 3 === 1 ? [event('PreToolUse', { tool_name: 'Bash', tool_input: { command: 'npm test -- relay' }, tool_use_id: call(4) }), event('PostToolUseFailure', { tool_name: 'Bash', tool_input: { command: 'npm test -- relay' }, tool_use_id: call(4), error: 'Exit code 1\n 1 failed: relay › retries after the lease is over' })]
      : used(4, 'Bash', { command: 'npm test -- relay', description: 'Run the tests of the relay' }, { stdout: '12 passed', stderr: '' })),
    event('Stop', { last_assistant_message: `The relay claims rows of \`${file}\` by lease now; tests of the relay are green.` }),
  ];
}
