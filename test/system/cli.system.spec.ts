import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client as McpClient } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { newOrganisation, type Organisation, recordedSession } from './client.js';
import { ENTRY, Laptop } from './command-line.js';
import { freePort } from './product.js';
import { REPLAYS } from './replay.js';

let organisation: Organisation;
let laptop: Laptop;
/** An address at which nothing listens. */
let nowhere: string;

beforeAll(async () => {
  organisation = await newOrganisation('standalone');
  laptop = await signedIn();
  nowhere = `http://127.0.0.1:${await freePort()}`;
});

async function signedIn(): Promise<Laptop> {
  const machine = new Laptop();
  const { code, stderr } = await machine.run(['login', '--server-url', organisation.owner.url, '--token', '-'], { input: `${organisation.owner.token}\n` });
  expect(code, stderr).toBe(0);
  return machine;
}

/** A folder whose marker names a project of its own. */
function markedFolder(project = `p-${randomUUID().slice(0, 8)}`): { folder: string; place: { workspace: string; project: string } } {
  const folder = join(laptop.homeDir, project);
  mkdirSync(folder);
  writeFileSync(join(folder, '.ai-memory.toml'), `workspace = "acme"\nproject = "${project}"\n`);
  return { folder, place: { workspace: 'acme', project } };
}

describe('signing in', () => {
  it('keeps server and token for their owner alone, and shows the token nowhere', async () => {
    const machine = new Laptop();
    const { code, stdout, stderr } = await machine.run(['login', '--server-url', organisation.owner.url, '--token', '-'], { input: organisation.owner.token! });
    expect([code, stdout]).toEqual([0, expect.stringContaining(`Signed in to ${organisation.owner.url} as dev of `)]);
    expect(stdout + stderr).not.toContain(organisation.owner.token);
    const token = join(machine.homeDir, '.ai-memory', 'token');
    expect([readFileSync(token, 'utf8').trim(), statSync(token).mode & 0o777]).toEqual([organisation.owner.token, 0o600]);
  });

  it('keeps nothing that the server does not accept', async () => {
    const machine = new Laptop();
    const { code, stderr } = await machine.run(['login', '--server-url', organisation.owner.url, '--token', '-'], { input: 'x'.repeat(40) });
    expect([code, stderr.trim().split('\n')]).toEqual([4, [expect.stringContaining('The token is not valid')]]);
    expect(existsSync(join(machine.homeDir, '.ai-memory'))).toBe(false);
  });

  it('ends with logout', async () => {
    const machine = await signedIn();
    expect(await machine.ask(['logout'])).toEqual({ signed_out: true, revoked: false });
    expect(existsSync(join(machine.homeDir, '.ai-memory', 'token'))).toBe(false);
  });
});

describe('setup', () => {
  it('signs in, wires what is there, and proves it: what the wired hooks are given arrives; uninstall leaves no trace', async () => {
    const machine = new Laptop();
    const settings = join(machine.homeDir, '.claude', 'settings.json');
    mkdirSync(join(machine.homeDir, '.claude'));
    writeFileSync(settings, '{ "model": "opus" } // mine\n');
    const done = await machine.ask(['setup', '--yes', '--server-url', organisation.owner.url, '--token', '-'], { input: organisation.owner.token! });
    expect(done).toMatchObject({ agents: [{ agent: 'claude-code', is_applied: true, refusals: [] }], round_trip: { user: 'dev', tools: expect.any(Number) } });
    const sessionId = randomUUID();
    const folder = join(machine.homeDir, `p-${sessionId.slice(0, 8)}`);
    mkdirSync(folder);
    for (const { event, payload } of recordedSession('claude-code', sessionId)) runHook(machine, settings, event, JSON.stringify({ ...payload, cwd: folder }));
    expect(await machine.ask(['drain'])).toMatchObject({ homes: [{ left: 0 }] });
    await eventually(async () => expect(await machine.ask(['sessions'], { cwd: folder })).toMatchObject({ sessions: [{ session_id: sessionId, ended_at: expect.any(String) }] }));
    expect(await machine.ask(['doctor'], { cwd: folder })).toMatchObject({ failures: 0, warnings: 0 });
    expect(await machine.ask(['status'], { cwd: folder })).toMatchObject({ project: { sessions: { total: 1 } }, spool: { events: 0 }, agents: [{ agent: 'claude-code', capture: 'current', mcp: 'current' }] });
    await machine.ask(['uninstall', '--apply']);
    expect(readFileSync(settings, 'utf8')).toBe('{ "model": "opus" } // mine\n');
    expect(existsSync(join(machine.homeDir, '.claude.json'))).toBe(false);
  });

  it('of a machine without agents signs in all the same', async () => {
    const machine = new Laptop({ AI_MEMORY_SERVER_URL: organisation.owner.url, AI_MEMORY_AUTH_TOKEN: organisation.owner.token! });
    expect((await machine.run(['setup', '--yes'])).stdout).toMatch(/^No agent was wired.*\n✓ \S+ answers dev of \S+, with \d+ tools\n$/);
    expect(readFileSync(join(machine.homeDir, '.ai-memory', 'token'), 'utf8').trim()).toBe(organisation.owner.token);
  });

  it('wires nothing where the server does not know the token', async () => {
    const machine = new Laptop({ AI_MEMORY_SERVER_URL: organisation.owner.url, AI_MEMORY_AUTH_TOKEN: 'z'.repeat(40) });
    mkdirSync(join(machine.homeDir, '.claude'));
    expect((await machine.run(['setup', '--yes'])).code).toBe(4);
    expect(existsSync(join(machine.homeDir, '.claude', 'settings.json'))).toBe(false);
  });
});

/** Does what the agent does at an event: runs the command that its settings name, if they name one. */
function runHook(machine: Laptop, settings: string, event: string, payload: string): void {
  const { hooks } = JSON.parse(readFileSync(settings, 'utf8').replace(/\/\/ mine$/m, '')) as { hooks: Record<string, { hooks: { command: string }[] }[] | undefined> };
  const command = hooks[event]?.[0]?.hooks[0]?.command;
  if (command) execFileSync('sh', ['-c', command], { input: payload, env: machine.environment() });
}

describe('doctor', () => {
  it.each([
    ['a server that is down', () => ({ AI_MEMORY_SERVER_URL: nowhere }), 'server', 'nothing listens there'],
    ['a token that is wrong', () => ({ AI_MEMORY_AUTH_TOKEN: 'w'.repeat(40) }), 'token', 'does not know AI_MEMORY_AUTH_TOKEN'],
  ])('names the cause and the fix for %s', async (_what, env, check, what) => {
    const machine = new Laptop({ AI_MEMORY_SERVER_URL: organisation.owner.url, ...env() });
    const { code, stdout } = await machine.run(['doctor', '--json']);
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { check: string }[] };
    expect(findings.find((finding) => finding.check === check)).toMatchObject({ status: 'failure', what: expect.stringContaining(what), fix: expect.any(String) });
  });
});

describe('a token', () => {
  it('that is revoked is told from one that was never right, by doctor', async () => {
    const { token } = (await organisation.owner.post<{ token: { token: string; token_id: string } }>('/api/v1/tokens', { name: 'laptop' })).json;
    const machine = new Laptop();
    await machine.ask(['login', '--server-url', organisation.owner.url, '--token', '-'], { input: token.token });
    expect((await machine.run(['doctor'])).code).toBe(0);
    await organisation.owner.send('DELETE', `/api/v1/tokens/${token.token_id}`);
    await eventually(async () => expect((await machine.run(['doctor'])).stdout).toMatch(/FAIL {2}token: The token was accepted on .* it was revoked\n {6}→ Ask an owner for a new one, then: ai-memory login/));
    await machine.ask(['login', '--token', '-'], { input: organisation.owner.token! });
    expect((await machine.run(['doctor'])).code).toBe(0);
  });
});

describe('pages', () => {
  it('are written from stdin and from a file, read, found and deleted', async () => {
    const { folder, place } = markedFolder();
    writeFileSync(join(folder, 'page.md'), '# Use Postgres\n\nBecause of zebrafish.\n');
    const written = await laptop.ask(['write-page', '--path', 'decisions/use-postgres.md', '--body', '@page.md', '--tag', 'database', 'storage', '--pinned'], { cwd: folder });
    expect(written).toMatchObject({ scope: place, path: 'decisions/use-postgres.md', outcome: 'written' });
    await laptop.ask(['write-page', '--path', 'notes/x.md', '--body', '-', '--title', 'By stdin'], { cwd: folder, input: 'Some text.\n' });
    const { page } = await laptop.ask<{ page: object }>(['read-page', 'decisions/use-postgres.md'], { cwd: folder });
    expect(page).toMatchObject({ title: 'Use Postgres', kind: 'decision', tags: ['database', 'storage'], pinned: true });
    const read = await laptop.run(['read-page', 'notes/x.md'], { cwd: folder });
    expect([read.stdout, read.stderr]).toEqual(['Some text.\n', expect.stringContaining(`acme/${place.project} (by marker)`)]);
    await eventually(async () => expect((await laptop.run(['search', 'why', 'zebrafish'], { cwd: folder })).stdout).toContain('decisions/use-postgres.md'));
    expect((await laptop.run(['read-page', 'what', 'about', 'zebrafish'], { cwd: folder })).stdout).toContain('Because of zebrafish.');
    expect((await laptop.run(['read-page', 'zebrafish'], { cwd: folder })).stdout).toContain('Because of zebrafish.');
    expect(await laptop.run(['read-page', '../../../projects.md'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
    expect(await laptop.ask(['delete-page', '--path', 'notes/x.md'], { cwd: folder })).toMatchObject({ outcome: 'deleted' });
    expect((await laptop.run(['delete-page', '--path', 'notes/x.md'], { cwd: folder })).code).toBe(3);
    expect((await laptop.run(['read-page', 'notes/x.md'], { cwd: folder })).code).toBe(3);
    const { revisions } = await laptop.ask<{ revisions: { commit: string; change: string }[] }>(['history', 'notes/x.md'], { cwd: folder });
    expect(revisions.map(({ change }) => change)).toEqual(['deleted', 'added']);
    expect((await laptop.run(['diff', 'notes/x.md'], { cwd: folder })).stdout).toContain('-Some text.');
    expect(await laptop.ask(['restore', 'notes/x.md', '--commit', revisions[1]!.commit], { cwd: folder })).toMatchObject({ outcome: 'written' });
    expect((await laptop.run(['read-page', 'notes/x.md'], { cwd: folder })).stdout).toBe('Some text.\n');
    expect((await laptop.run(['read-page', 'notes/x.md', '--as-of', '2020-01-01T00:00:00Z'], { cwd: folder })).code).toBe(3);
    expect((await laptop.run(['read-page', 'notes/x.md', '--as-of', '2999-01-01T00:00:00Z'], { cwd: folder })).stdout).toBe('Some text.\n');
    expect(await laptop.ask(['revert', '--session', randomUUID(), '--dry-run'], { cwd: folder })).toMatchObject({ commit: null, pages: [] });
    expect((await laptop.run(['revert'], { cwd: folder })).code).toBe(2);
  });

  it('are never written to a project that nobody named', async () => {
    const { place } = markedFolder();
    await organisation.owner.send('PUT', `/api/v1/workspaces/default/projects/${place.project}`);
    const folder = join(laptop.homeDir, 'elsewhere', place.project);
    mkdirSync(folder, { recursive: true });
    const { code, stderr } = await laptop.run(['write-page', '--path', 'notes/x.md', '--body', '-'], { cwd: folder, input: 'text' });
    expect([code, stderr]).toEqual([2, 'ai-memory: Which project? What changes something needs --workspace and --project, or a .ai-memory.toml that names both\n']);
  });

  it('are read from the project of the git remote', async () => {
    const name = `api-${randomUUID().slice(0, 8)}`;
    const folder = join(laptop.homeDir, `clone-of-${name}`);
    execFileSync('git', ['init', '--quiet', folder]);
    execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', `https://user:secret@github.com/acme/${name}.git`]);
    await organisation.owner.post(`/hook?event=SessionStart&agent=codex&identity=github.com/acme/${name}`, { session_id: randomUUID(), cwd: folder });
    expect(await laptop.ask(['sessions'], { cwd: folder })).toMatchObject({ scope: { workspace: 'default', project: `acme-${name}` }, total: 1 });
  });
});

describe('sessions and handoffs', () => {
  it('are listed, and a session can be ended by hand', async () => {
    const { folder, place } = markedFolder();
    const events = recordedSession('claude-code').filter(({ event }) => event !== 'SessionEnd');
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', events, place);
    const { sessions } = await laptop.ask<{ sessions: { session_id: string; ended_at: string | null }[] }>(['sessions'], { cwd: folder });
    expect(sessions).toMatchObject([{ agent: 'claude-code', ended_at: null }]);
    expect((await laptop.run(['finalize-session', '--agent', 'codex'], { cwd: folder })).code).toBe(3);
    const { sessions: ended } = await laptop.ask<{ sessions: typeof sessions }>(['finalize-session', '--agent', 'claude-code'], { cwd: folder });
    expect(ended).toMatchObject([{ session_id: sessions[0]!.session_id, ended_at: expect.any(String) }]);
    await eventually(async () => expect((await laptop.run(['handoffs'], { cwd: folder })).stdout).toMatch(/claude-code\s+dev\s+open/));
    expect((await laptop.run(['projects'])).stdout).toContain(place.project);
  });
});

describe('a project', () => {
  it('is told of as an agent is told, and its pages are judged', async () => {
    const { folder } = markedFolder();
    expect((await laptop.run(['write-page', '--path', '_rules/tests.md', '--body', '-'], { cwd: folder, input: 'Write the test first.\n' })).code).toBe(0);
    const { stdout } = await laptop.run(['briefing', '--max-chars', '2000'], { cwd: folder });
    expect(stdout).toContain('Write the test first.');
    expect(stdout.length).toBeLessThanOrEqual(2_001);
    expect((await laptop.run(['feedback', '_rules/tests.md', 'helpful', '--reason', 'It saved a day.'], { cwd: folder })).stdout).toBe('_rules/tests.md: 1 helpful\n');
    expect((await laptop.run(['feedback', '_rules/none.md', 'wrong'], { cwd: folder })).code).toBe(3);
    expect((await laptop.run(['feedback', '_rules/tests.md', 'great'], { cwd: folder })).code).toBe(2);
  });
});

describe('the exit code', () => {
  it.each([
    ['wrong usage', ['serch'], 2], ['a missing argument', ['search'], 2], ['a number that is none', ['search', 'x', '-n', 'many'], 2],
    ['a project that is not there', ['sessions', '--workspace', 'acme', '--project', 'nope'], 3], ['no server', ['search', 'x', '--server-url', 'http://localhost.invalid'], 5],
  ])('tells of %s, and stderr has one line', async (_what, args, expected) => {
    const { code, stdout, stderr } = await laptop.run(args);
    expect([code, stdout, stderr.match(/\n/g)]).toEqual([expected, '', ['\n']]);
    expect(stderr).toMatch(/^ai-memory: \S/);
  });

  it('tells that a token is needed', async () => {
    const machine = new Laptop({ AI_MEMORY_AUTH_TOKEN: 'y'.repeat(40), AI_MEMORY_SERVER_URL: organisation.owner.url });
    expect((await machine.run(['projects'])).code).toBe(4);
  });
});

describe('what waits to be sent', () => {
  it('is kept while the server is down, and told by the exit code', async () => {
    const machine = new Laptop();
    const spool = join(machine.homeDir, '.ai-memory', 'spool');
    mkdirSync(spool, { recursive: true });
    writeFileSync(join(spool, '1795430000000000000-1.event'), 'event=Stop&agent=codex&ingest_key=k\n{"session_id":"s"}\n');
    await machine.ask(['config', 'set', 'server_url', nowhere]);
    const { code, stdout, stderr } = await machine.run(['drain']);
    expect([code, stdout, stderr]).toEqual([5, `${nowhere}: 0 sent, 1 left\n`, `ai-memory: ${nowhere} takes no events: it is not reachable. They stay here until it does\n`]);
    expect(readdirSync(spool)).toHaveLength(1);
  });
});

describe('the browser', () => {
  it("is given the server's address, or the person is", async () => {
    const folder = join(laptop.homeDir, 'programs');
    mkdirSync(folder);
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" >"${folder}/opened"\n`, { mode: 0o755 });
    const machine = new Laptop({ PATH: `${folder}:/usr/bin:/bin`, AI_MEMORY_SERVER_URL: organisation.owner.url });
    expect((await machine.run(['open', '--print'])).stdout).toBe(`${organisation.owner.url}/\n`);
    expect(existsSync(join(folder, 'opened'))).toBe(false);
    await machine.run(['open']);
    await eventually(async () => expect(readFileSync(join(folder, 'opened'), 'utf8')).toBe(`${organisation.owner.url}/`));
  });
});

describe('the bridge for agents that speak MCP over stdio only', () => {
  async function connected(machine: Laptop): Promise<McpClient> {
    const client = new McpClient({ name: 'test', version: '1' });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [ENTRY, 'mcp-bridge'], env: machine.environment(), cwd: machine.homeDir, stderr: 'pipe' }));
    return client;
  }

  it('lists and calls the tools of the server', async () => {
    const { place } = markedFolder();
    const client = await connected(laptop);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('memory_query');
    const written = await client.callTool({ name: 'memory_write_page', arguments: { ...place, path: 'notes/bridge.md', body: 'Written over stdio.' } });
    expect(written.isError, JSON.stringify(written)).toBeFalsy();
    await client.close();
    expect(await laptop.ask(['read-page', 'notes/bridge.md', '--workspace', place.workspace, '--project', place.project])).toMatchObject({ page: { body: expect.stringContaining('Written over stdio.') } });
  });

  it.each([
    ['the server does not', () => ({ AI_MEMORY_SERVER_URL: nowhere }), 'gave no answer'],
    ['the token is not valid', () => ({ AI_MEMORY_SERVER_URL: organisation.owner.url, AI_MEMORY_AUTH_TOKEN: 'v'.repeat(40) }), 'ai-memory login'],
  ])('answers with an error where %s, so that nobody waits', async (_what, env, sentence) => {
    const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } } };
    const answer = await firstLine(new Laptop(env()), `${JSON.stringify(message)}\n`);
    expect(JSON.parse(answer)).toMatchObject({ id: 1, error: { code: -32_000, message: expect.stringContaining(sentence) } });
  });
});

/** What the bridge says first; stdin stays open until then, as clients keep it. */
async function firstLine(machine: Laptop, input: string): Promise<string> {
  const child = machine.start(['mcp-bridge']);
  child.stdin.write(input);
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end();
  expect(await closed).toBe(0);
  return line;
}
