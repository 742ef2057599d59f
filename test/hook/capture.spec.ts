import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Laptop, toolboxes } from './laptop.js';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const SILENT = { code: 0, stdout: '', stderr: '' };

interface Recorded {
  event: string;
  payload: Record<string, unknown>;
}

function recorded(agent: string): Recorded[] {
  return readFileSync(join(FIXTURES, agent, '_session.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Recorded);
}

let laptop: Laptop;
afterEach(() => laptop.stop());

describe.each(toolboxes)('an event, by $name', (toolbox) => {
  beforeEach(() => {
    laptop = new Laptop(toolbox);
  });

  it.each(['claude-code', 'codex', 'gemini-cli'])('of a recorded session of %s is put by as it came, and the agent hears nothing', async (agent) => {
    const events = recorded(agent).filter(({ event }) => event !== 'SessionStart').slice(0, 6);
    for (const { event, payload } of events) expect(await laptop.hook(agent, event, payload)).toEqual(SILENT);
    const kept = laptop.events();
    expect(kept.map(({ query }) => [query.get('agent'), query.get('event')])).toEqual(events.map(({ event }) => [agent, event]));
    expect(kept.map(({ body }) => JSON.parse(body))).toEqual(events.map(({ payload }) => ({ occurred_at: expect.any(String), ...payload })));
  });

  it('has its time, to be told apart from the time when it arrives', async () => {
    const before = Date.now();
    await laptop.hook('claude-code', 'Stop', { session_id: 's' });
    const { occurred_at: at } = JSON.parse(laptop.events()[0]!.body) as { occurred_at: string };
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(Math.abs(Date.parse(at) - before)).toBeLessThan(60_000);
  });

  it.each<[string, string, object]>([
    ['nothing', '', {}],
    ['an empty object', '{}', {}],
    ['quotes, backslashes, line ends and other scripts', JSON.stringify({ session_id: 's', prompt: '"\\" `$HOME` %s \n\t é 漢字 \u0001 \\n' }), { session_id: 's', prompt: '"\\" `$HOME` %s \n\t é 漢字 \u0001 \\n' }],
    ['half a megabyte', JSON.stringify({ session_id: 's', tool_response: 'x"y\\'.repeat(100_000) }), { session_id: 's', tool_response: 'x"y\\'.repeat(100_000) }],
    ['lines', JSON.stringify({ session_id: 's', cwd: '/w', list: [1, { a: null }] }, null, 2), { session_id: 's', cwd: '/w', list: [1, { a: null }] }],
    ['a time of its own', '{"occurred_at":"2026-01-01T00:00:00Z"}', { occurred_at: '2026-01-01T00:00:00Z' }],
  ])('may have a body of %s', async (_what, body, expected) => {
    expect(await laptop.hook('claude-code', 'PostToolUse', body)).toEqual(SILENT);
    const kept = JSON.parse(laptop.events()[0]!.body) as object;
    expect(kept).toEqual({ occurred_at: expect.any(String), ...expected });
  });

  it('too large for any server is counted, not kept', async () => {
    expect(await laptop.hook('claude-code', 'PostToolUse', { session_id: 's', tool_response: 'x'.repeat(10_000_001) })).toEqual(SILENT);
    expect([laptop.events(), laptop.state('dropped/too-large')?.length]).toEqual([[], 1]);
  });

  it('is for its owner alone', async () => {
    await laptop.hook('claude-code', 'Stop', { session_id: 's' });
    const modeOf = (path: string): string => (statSync(join(laptop.home, path)).mode & 0o777).toString(8);
    expect(['spool', 'state', `spool/${laptop.events()[0]!.name}`, 'state/clock', 'state/machine'].map(modeOf)).toEqual(['700', '700', '600', '600', '600']);
  });

  it('comes after those before it, by name, also after the clock was set back', async () => {
    const ahead = Date.now() + 600_000;
    laptop.spool([{ query: 'event=Stop', body: '{"id":0}' }], { at: ahead });
    laptop.write('.ai-memory/state/clock', `${ahead}000000\n`);
    for (const id of [1, 2, 3, 4, 5]) await laptop.hook('claude-code', 'Stop', { id });
    expect(laptop.events().map(({ body }) => (JSON.parse(body) as { id: number }).id)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(laptop.events().map(({ name }) => name.split('-')[0]!.length))).toEqual(new Set([19]));
  });

  it('is put by once with a key of its own, however many there are at once, also the first ever', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, id) => laptop.hook('claude-code', 'Stop', { id })));
    const kept = laptop.events();
    expect(kept.map(({ body }) => (JSON.parse(body) as { id: number }).id).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, id) => id));
    const keys = kept.map(({ query }) => query.get('ingest_key')!);
    expect([new Set(keys).size, new Set(keys.map((key) => key.split('-')[0])).size]).toEqual([12, 1]);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it.each(['../x', 'a b', '$(id)', ''])('with the name %j is none', async (name) => {
    expect(await laptop.hook(name, 'Stop', {})).toEqual(SILENT);
    expect(await laptop.hook('claude-code', name, {})).toEqual(SILENT);
    expect(laptop.events()).toEqual([]);
  });
});

describe('a hook', () => {
  beforeEach(() => {
    laptop = new Laptop();
  });

  it('starts no more than two other programs for an event of a known folder', async () => {
    await laptop.hook('claude-code', 'SessionStart', { session_id: 's', cwd: laptop.userHome });
    for (const name of ['cat', 'mv', 'date', 'awk', 'sed', 'git', 'od', 'tr', 'curl', 'mkdir', 'rm', 'ln']) laptop.writeProgram(name, `#!/bin/sh\necho ${name} >>'${laptop.userHome}/started'\nPATH='${process.env.PATH}' exec ${name} "$@"\n`);
    await laptop.hook('claude-code', 'PostToolUse', { session_id: 's', cwd: laptop.userHome, tool_input: { command: 'ls' } });
    const started = readFileSync(join(laptop.userHome, 'started'), 'utf8').trim().split('\n').filter((name) => name !== 'date' || readdirSync('/').includes('proc'));
    expect(started).toEqual(['cat', 'mv']);
  });

  it.each<[string, string, object, string | undefined]>([
    ["Cursor's own", 'claude-code', { cursor_version: '3.1', conversation_id: 'c' }, 'cursor'],
    ["Grok's own", 'claude-code', { hookEventName: 'stop', hook_event_name: 'Stop', sessionId: 'g' }, 'grok'],
  ])('leaves an event that it runs in the place of %s to those, where they are wired', async (_what, agent, payload, caller) => {
    await laptop.hook(agent, 'Stop', payload);
    expect(laptop.events().map(({ query }) => query.get('agent'))).toEqual([caller]);
    laptop.write(`.ai-memory/state/wired/${caller}`, '');
    await laptop.hook(agent, 'Stop', payload);
    expect(laptop.events()).toHaveLength(1);
  });

  it("counts an event once where an agent runs both Claude Code's and Cursor's hooks", async () => {
    laptop.write('.ai-memory/state/wired/claude-code', '');
    const payload = { hookEventName: 'stop', hook_event_name: 'Stop', sessionId: 'g' };
    await laptop.hook('cursor', 'stop', payload);
    await laptop.hook('claude-code', 'Stop', payload);
    expect(laptop.events().map(({ query }) => [query.get('agent'), query.get('event')])).toEqual([['grok', 'Stop']]);
  });

  it("is not deceived by what stands in a prompt about the session or the folder", async () => {
    const prompt = '{"cwd":"/etc","session_id":"x","cursor_version":"1"}';
    await laptop.hook('claude-code', 'UserPromptSubmit', { prompt, session_id: 's', cwd: laptop.userHome });
    const { query } = laptop.events()[0]!;
    expect([query.get('agent'), query.get('cwd')]).toEqual(['claude-code', laptop.userHome]);
  });

  it("takes no note of Cursor's windows without a conversation", async () => {
    expect(await laptop.hook('cursor', 'sessionStart', { session_id: 'empty-state-draft', cursor_version: '3.1' })).toEqual({ ...SILENT, stdout: '{}' });
    expect(laptop.events()).toEqual([]);
  });

  it('gives sessions without a name the one of the last start in their folder', async () => {
    const cwd = laptop.userHome;
    for (const event of ['SessionStart', 'Stop', 'SessionStart', 'Stop']) await laptop.hook('devin', event, { cwd });
    const sessions = laptop.events().map(({ query }) => query.get('session_id'));
    expect([sessions[0] === sessions[1], sessions[2] === sessions[3], sessions[1] === sessions[2]]).toEqual([true, true, false]);
    expect(sessions[0]).toMatch(/^devin-[0-9a-f]{8}-\d{19}$/);
  });

  it('ends well and keeps out of the way where nothing can be written', async () => {
    laptop.write('.ai-memory/spool', 'a file');
    expect(await laptop.hook('claude-code', 'Stop', { session_id: 's' })).toEqual(SILENT);
  });
});
