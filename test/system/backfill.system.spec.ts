import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';

const STARTED_AT = Date.parse('2025-11-03T09:00:00.000Z');

interface Counts {
  agents: { agent: string; sessions: Record<string, number>; events: Record<string, number> }[];
}
interface Seen {
  observations: { kind: string; body: string; occurred_at: string; tool?: { command?: string; outcome?: string; call_id?: string } }[];
  session: { ended_at: string | null; started_at: string };
  total: number;
}

describe.each(TOPOLOGIES)('backfill, %s', (topology) => {
  let owner: Client;
  let laptop: Laptop;
  let project: string;
  let folder: string;

  beforeEach(async () => {
    ({ owner } = await newOrganisation(topology));
    laptop = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! });
    project = `p-${randomUUID().slice(0, 8)}`;
    folder = join(laptop.homeDir, project);
    mkdirSync(folder);
  });

  /** A session as Claude Code keeps it: `steps` prompts, each with a command and an answer, a minute apart. Nobody has touched it for long. */
  function keep(id: string, steps: number, startedAt = STARTED_AT): void {
    const at = (step: number, seconds: number): string => new Date(startedAt + step * 60_000 + seconds * 1_000).toISOString();
    const lines = Array.from({ length: steps }, (_, step) => [
      { type: 'user', message: { role: 'user', content: `Paint shed ${step} green` }, timestamp: at(step, 0) },
      { type: 'assistant', message: { role: 'assistant', content: [{ type: 'tool_use', id: `toolu_${step}`, name: 'Bash', input: { command: `paint ${step}` } }] }, timestamp: at(step, 5) },
      { type: 'user', message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: `toolu_${step}`, content: 'painted' }] }, toolUseResult: { stdout: 'painted', stderr: '' }, timestamp: at(step, 6) },
      { type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: `Shed ${step} is green now.` }] }, timestamp: at(step, 9) },
    ]).flat().map((line, index) => JSON.stringify({ ...line, uuid: `${id}-${index}`, sessionId: id, cwd: folder, isSidechain: false }));
    const path = join(laptop.homeDir, '.claude', 'projects', '-work', `${id}.jsonl`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n{"type":"assistant","mess`);
    utimesSync(path, new Date(startedAt), new Date(startedAt));
  }

  const run = (...args: string[]): Promise<Counts> => laptop.ask<Counts>(['backfill', ...args]);
  const projects = async (): Promise<string[]> => (await owner.get<{ projects: { project: string }[] }>('/api/v1/projects')).json.projects.map((each) => each.project);

  async function seen(id: string): Promise<Seen> {
    const answer = await owner.get<Seen>(`/api/v1/sessions/${id}/observations?limit=200&order=asc`);
    expect(answer.status, answer.text).toBe(200);
    const { json } = await owner.get<Pick<Seen, 'session'>>(`/api/v1/sessions/${id}`);
    return { ...answer.json, ...json };
  }

  it('counts, imports with the original times, and has nothing to do the second time', async () => {
    const id = randomUUID();
    keep(id, 2);
    const all = { agents: [{ agent: 'claude-code', sessions: { new: 1, there: 0 }, events: { new: 8, there: 0, dropped: 0 } }] };
    expect(await run('--dry-run')).toMatchObject(all);
    expect(await projects()).not.toContain(project);
    expect(await run()).toMatchObject(all);
    const { observations, session } = await seen(id);
    expect(observations.map(({ kind }) => kind)).toEqual(['session-start', 'user-prompt', 'post-tool-use', 'stop', 'user-prompt', 'post-tool-use', 'stop', 'session-end']);
    expect(observations.map(({ occurred_at: at }) => (Date.parse(at) - STARTED_AT) / 1_000)).toEqual([0, 0, 6, 9, 60, 66, 69, 69]);
    expect(Date.parse(session.ended_at!)).toBe(STARTED_AT + 69_000);
    const nothing = { agents: [{ sessions: { new: 0, there: 1 }, events: { new: 0, there: 8 } }] };
    for (const args of [[], ['--force'], ['--force', '--dry-run']]) expect(await run(...args), args.join(' ')).toMatchObject(nothing);
  });

  it('becomes a page of its time, and never where somebody left off', async () => {
    const id = randomUUID();
    keep(id, 2);
    await run();
    await eventually(async () => {
      const answer = await owner.get<{ page: { body: string } }>(`/api/v1/workspaces/default/projects/${project}/pages/sessions/${id}.md`);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.json.page.body).toContain('Paint shed 0 green');
      expect(JSON.stringify(answer.json)).toContain('2025-11-03');
    });
    expect((await owner.get(`/handoff?agent=codex&cwd=${encodeURIComponent(folder)}`)).text).toBe('');
  });

  it('goes on where it was killed, and brings each event once', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    ids.forEach((id, index) => keep(id, 40, STARTED_AT + index * 86_400_000));
    for (let kill = 1; kill <= 3; kill += 1) {
      const child = laptop.start(['backfill']);
      const ended = new Promise((resolve) => child.once('close', resolve));
      const before = kill * 3 - 1;
      await eventually(async () => expect((await owner.get(`/api/v1/sessions/${ids[before]!}`)).status).toBe(200), 30_000);
      child.kill('SIGKILL');
      await ended;
    }
    await run();
    for (const id of ids) expect((await seen(id)).total, id).toBe(40 * 3 + 2);
    expect(await run('--force', '--dry-run')).toMatchObject({ agents: [{ sessions: { new: 0, there: 12 }, events: { new: 0, there: 12 * 122 } }] });
  }, 120_000);

  it('adds to a session what its hooks have missed, and only that', async () => {
    const id = randomUUID();
    keep(id, 3);
    const at = (seconds: number): string => new Date(STARTED_AT + seconds * 1_000 + 321).toISOString();
    const hook = (event: string, seconds: number, payload: object) => owner.post(`/hook?event=${event}&agent=claude-code&ingest_key=${randomUUID()}`, { session_id: id, cwd: folder, occurred_at: at(seconds), ...payload });
    await hook('UserPromptSubmit', 60, { prompt: 'Paint shed 1 green' });
    await hook('PostToolUse', 66, { tool_name: 'Bash', tool_input: { command: 'paint 1' }, tool_use_id: 'toolu_1', tool_response: { stdout: 'painted' } });
    await hook('Stop', 69, { last_assistant_message: 'Shed 1 is green now.' });
    await hook('SessionEnd', 75, { reason: 'exit' });
    expect(await run('--dry-run')).toMatchObject({ agents: [{ sessions: { new: 1 }, events: { new: 8, there: 3 } }] });
    await run();
    const { observations } = await seen(id);
    const prompts = observations.filter(({ kind }) => kind === 'user-prompt').map(({ body }) => body);
    expect(prompts).toEqual(['Paint shed 0 green', 'Paint shed 1 green', 'Paint shed 2 green']);
    expect(observations.filter(({ kind }) => kind === 'post-tool-use')).toHaveLength(3);
    expect(await run('--force')).toMatchObject({ agents: [{ events: { new: 0 } }] });
  });

  it('counts as there what hooks have captured, also where it still waits in the spool', async () => {
    const id = randomUUID();
    keep(id, 1);
    const home = join(laptop.homeDir, '.ai-memory');
    mkdirSync(join(home, 'spool'), { recursive: true });
    writeFileSync(join(home, 'config.toml'), `server_url = "${owner.url}"\n`);
    writeFileSync(join(home, 'token'), `${owner.token}\n`);
    const payload = { session_id: id, cwd: folder, occurred_at: new Date(STARTED_AT + 321).toISOString(), prompt: 'Paint shed 0 green' };
    writeFileSync(join(home, 'spool', '1762160400321000000-1.event'), `event=UserPromptSubmit&agent=claude-code&ingest_key=${randomUUID()}\n${JSON.stringify(payload)}\n`);
    expect(await run()).toMatchObject({ agents: [{ events: { new: 4, there: 1 } }] });
    expect((await seen(id)).observations.filter(({ kind }) => kind === 'user-prompt')).toHaveLength(1);
  });

  it('leaves alone what may still run, what a marker keeps out, and what was not asked for', async () => {
    const [running, old] = [randomUUID(), randomUUID()];
    keep(running, 1, Date.now() - 60_000);
    keep(old, 1);
    expect(await run('--dry-run', '--path', '/elsewhere')).toMatchObject({ agents: [{ sessions: { new: 0, open: 1, left_out: 1 } }] });
    expect(await run('--dry-run', '--since', '2026-01-01')).toMatchObject({ agents: [{ sessions: { new: 0, open: 1, left_out: 0 } }] });
    writeFileSync(join(folder, '.ai-memory.toml'), '[capture]\nenabled = false\n');
    expect(await run()).toMatchObject({ agents: [{ sessions: { new: 0, open: 1, left_out: 1 } }] });
    writeFileSync(join(folder, '.ai-memory.toml'), `workspace = "acme"\nproject = "marked"\n`);
    await run();
    expect((await owner.get('/api/v1/workspaces/acme/projects/marked/sessions')).json).toMatchObject({ total: 1 });
    expect(readFileSync(join(laptop.homeDir, '.ai-memory', 'state', 'backfill.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('is offered by setup until it is done', async () => {
    keep(randomUUID(), 1);
    const setup = async () => (await laptop.run(['setup', '--yes', '--agent', 'claude-code'])).stdout;
    expect(await setup()).toContain('ai-memory backfill --dry-run');
    await run();
    expect(await setup()).not.toContain('backfill');
  });

  it('reads what OpenCode keeps in its database', async () => {
    const path = join(laptop.homeDir, '.local', 'share', 'opencode', 'opencode.db');
    mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path);
    const part = (id: string, role: string, data: object) => `INSERT INTO message VALUES ('m${id}', 'ses_${project}', ${STARTED_AT}, '{"role":"${role}"}'); INSERT INTO part VALUES ('p${id}', 'm${id}', 'ses_${project}', ${STARTED_AT}, '${JSON.stringify(data)}');`;
    database.exec(`CREATE TABLE session (id text, parent_id text, directory text, time_created integer, time_updated integer);
      CREATE TABLE message (id text, session_id text, time_created integer, data text); CREATE TABLE part (id text, message_id text, session_id text, time_created integer, data text);
      INSERT INTO session VALUES ('ses_${project}', NULL, '${folder}', ${STARTED_AT}, ${STARTED_AT});
      ${part('1', 'user', { type: 'text', text: 'Paint it' })} ${part('2', 'assistant', { type: 'tool', tool: 'bash', callID: 'c', state: { status: 'completed', input: { command: 'paint' }, output: 'done' } })}`);
    database.close();
    expect(await run()).toMatchObject({ agents: [{ agent: 'opencode', sessions: { new: 1 }, events: { new: 4 } }] });
    expect((await owner.get(`/api/v1/workspaces/default/projects/${project}/sessions`)).json).toMatchObject({ sessions: [{ agent: 'opencode', native_session_id: `ses_${project}`, end_reason: 'imported' }] });
  });

  it('reads what Qwen Code keeps, and knows a call again that its hook has told', async () => {
    const recorded = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures/qwen-code', name), 'utf8').replaceAll('/home/dev/project', folder);
    const path = join(laptop.homeDir, '.qwen', 'projects', '-work', 'chats', 'chat.jsonl');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, recorded('_transcript.jsonl'));
    utimesSync(path, new Date(STARTED_AT), new Date(STARTED_AT));
    await owner.post(`/hook?agent=qwen-code&ingest_key=${randomUUID()}`, JSON.parse(recorded('PostToolUse.json')));
    expect(await run()).toMatchObject({ agents: [{ agent: 'qwen-code', sessions: { new: 1 }, events: { new: 5, there: 1 } }] });
    expect((await owner.get(`/api/v1/workspaces/default/projects/${project}/sessions`)).json).toMatchObject({ sessions: [{ agent: 'qwen-code', end_reason: 'imported' }] });
  });

  describe('Cursor', () => {
    /** A session as Cursor keeps it, untouched for long: `steps` prompts, each with a command and an answer. Nothing in it has a time. */
    function keepCursor(id: string, steps: number): void {
      const said = (role: string, ...content: object[]) => ({ role, message: { content } });
      const lines = Array.from({ length: steps }, (_, step) => [
        said('user', { type: 'text', text: `<user_query>\nPaint shed ${step} green\n</user_query>` }),
        said('assistant', { type: 'text', text: 'I paint.\n\n[REDACTED]' }, { type: 'tool_use', name: 'Shell', input: { command: 'paint' } }),
        said('assistant', { type: 'text', text: `Shed ${step} is green now.` }), { type: 'turn_ended', status: 'success' },
      ]).flat().map((line) => JSON.stringify(line));
      const slug = folder.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
      const path = join(laptop.homeDir, '.cursor', 'projects', slug, 'agent-transcripts', id, `${id}.jsonl`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${lines.join('\n')}\n`);
      utimesSync(path, new Date(STARTED_AT), new Date(STARTED_AT));
    }

    it('imports a session of which no hook has told, into the project of its folder, once', async () => {
      const id = randomUUID();
      keepCursor(id, 2);
      const all = { agents: [{ agent: 'cursor', sessions: { new: 1, there: 0 }, events: { new: 8, there: 0, dropped: 0 } }] };
      expect(await run('--dry-run')).toMatchObject(all);
      expect(await run()).toMatchObject(all);
      expect((await owner.get(`/api/v1/workspaces/default/projects/${project}/sessions`)).json).toMatchObject({ sessions: [{ agent: 'cursor', native_session_id: id, end_reason: 'imported' }] });
      const { observations, session } = await seen(id);
      expect(observations.map(({ kind, body }) => `${kind} ${body}`.trim())).toEqual([
        'session-start', 'user-prompt Paint shed 0 green', 'post-tool-use', 'stop Shed 0 is green now.', 'user-prompt Paint shed 1 green', 'post-tool-use', 'stop Shed 1 is green now.', 'session-end',
      ]);
      expect(observations[2]!.tool).toMatchObject({ command: 'paint', outcome: 'unknown' });
      expect(Math.abs(Date.parse(session.ended_at!) - STARTED_AT)).toBeLessThan(1_000);
      for (const args of [[], ['--force'], ['--force', '--dry-run']]) expect(await run(...args), args.join(' ')).toMatchObject({ agents: [{ sessions: { new: 0, there: 1 }, events: { new: 0, there: 8 } }] });
    });

    it('takes nothing of a session of which hooks have told anything', async () => {
      const id = randomUUID();
      keepCursor(id, 2);
      await owner.post(`/hook?event=beforeSubmitPrompt&agent=cursor&ingest_key=${randomUUID()}`, { conversation_id: id, workspace_roots: [folder], cursor_version: '3.12.17', prompt: 'Paint shed 1 green' });
      for (const args of [['--dry-run'], []]) expect(await run(...args), args.join(' ')).toMatchObject({ agents: [{ sessions: { new: 0, there: 1 }, events: { new: 0, there: 8 } }] });
      expect((await seen(id)).total).toBe(1);
    });

    it('goes on where it was killed: what it has sent itself is not told by hooks', async () => {
      const ids = Array.from({ length: 6 }, () => randomUUID());
      ids.forEach((id) => keepCursor(id, 200));
      const child = laptop.start(['backfill']);
      const ended = new Promise((resolve) => child.once('close', resolve));
      await eventually(async () => {
        const known = await Promise.all(ids.map((id) => owner.get(`/api/v1/sessions/${id}`)));
        expect(known.some(({ status }) => status === 200)).toBe(true);
      }, 30_000);
      child.kill('SIGKILL');
      await ended;
      await run();
      for (const id of ids) expect((await seen(id)).total, id).toBe(200 * 3 + 2);
    }, 120_000);
  });

  it('tells of a server that is not there by its exit code', async () => {
    const { code, stderr } = await new Laptop({ AI_MEMORY_SERVER_URL: 'http://127.0.0.1:9' }).run(['backfill']);
    expect([code, stderr.trim().split('\n').length]).toEqual([5, 1]);
  });
});
