import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CapturedEvent } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { readHookEvent, type HookReading } from './index.js';

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures');
const RECEIVED_AT = new Date('2026-11-22T09:00:00.000Z');

/** `event.session.created.json` holds its event's name; `tool.execute.after.read.json` has a variant's name behind it. */
const PLUGIN_HOOK = /^(event\.[a-z.]+|[a-z]+(\.[a-z]+)*?\.(?:before|after|message|params|headers|transform|compacting|complete|init|env)(?![a-z])|dispose)/;

function eventNameOf(file: string, payload: { hook_event_name?: string; input?: { type?: string } }): string {
  if (payload.hook_event_name !== undefined) return payload.hook_event_name;
  if (payload.input?.type !== undefined) return `event.${payload.input.type}`;
  return PLUGIN_HOOK.exec(basename(file, '.json'))?.[0] ?? file;
}

function read(agent: string, event: string, payload: unknown): HookReading {
  return readHookEvent({ agent, event, payload, receivedAt: RECEIVED_AT, fallback: {} });
}

function readRecorded(agent: string): Record<string, HookReading> {
  const files = readdirSync(join(FIXTURES, agent)).filter((file) => file.endsWith('.json')).toSorted();
  return Object.fromEntries(files.map((file) => {
    const payload = JSON.parse(readFileSync(join(FIXTURES, agent, file), 'utf8'));
    return [basename(file, '.json'), read(agent, eventNameOf(file, payload), payload)];
  }));
}

function readSession(agent: string): HookReading[] {
  const lines = readFileSync(join(FIXTURES, agent, '_session.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).map(({ event, payload }) => read(agent, event, payload));
}

const AGENTS = ['claude-code', 'codex', 'gemini-cli', 'opencode'];

describe('recorded payloads', () => {
  it.each(AGENTS)('of %s read as reviewed', async (agent) => {
    await expect(`${JSON.stringify(readRecorded(agent), null, 2)}\n`).toMatchFileSnapshot(`golden/${agent}.json`);
  });

  it.each(AGENTS)('of %s satisfy the contract of a captured event', (agent) => {
    for (const reading of Object.values(readRecorded(agent))) {
      if (reading.outcome === 'event') CapturedEvent.parse({ ...reading.event, idempotencyKey: 'k' });
    }
  });
});

describe('a recorded session', () => {
  const STORY = [
    ['claude-code', ['session-start', 'other', 'user-prompt', 'pre Bash', 'post Bash', 'pre ToolSearch', 'post ToolSearch', 'pre mcp__mem__echo', 'post mcp__mem__echo', 'stop', 'session-end']],
    ['codex', ['session-start', 'user-prompt', 'pre Bash', 'post Bash', 'pre mcp__mem__echo', 'post mcp__mem__echo', 'stop', 'session-end']],
    ['gemini-cli', ['session-start', 'user-prompt', 'pre run_shell_command', 'post run_shell_command', 'pre mcp_mem_echo', 'post mcp_mem_echo', 'stop', 'session-end']],
    ['opencode', ['session-start', 'user-prompt', 'pre bash', 'post bash', 'pre mem_echo', 'post mem_echo', 'other', 'stop']],
  ] as const;

  it.each(STORY)('of %s reads as its story, without noise', (agent, story) => {
    const events = readSession(agent).flatMap((reading) => (reading.outcome === 'event' ? reading.event : []));
    expect(events.map(({ kind, tool }) => (tool ? `${kind.split('-')[0]} ${tool.name}` : kind))).toEqual(story);
  });

  it.each(AGENTS)('of %s is one session in one folder', (agent) => {
    const events = readSession(agent).filter((reading) => reading.outcome === 'event');
    expect(new Set(events.map((reading) => reading.nativeSessionId)).size).toBe(1);
    expect(new Set(events.flatMap((reading) => reading.cwd ?? []))).toEqual(new Set(['/home/dev/project']));
  });
});
