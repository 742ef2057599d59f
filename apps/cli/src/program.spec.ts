import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { agentWirings, type WiredFile } from '#libs/agents';
import { runCommandLine } from './program.js';
import type { World } from './world.js';

const TOKEN = 'mem_pat_0123456789abcdefghijABCDEFGHIJ012345';
const SERVER = 'https://memory.example.com';

let homeDir: string;
let printed: { stdout: string; stderr: string };

beforeEach(() => {
  homeDir = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
});

function world(config: World['config'] = { AI_MEMORY_SERVER_URL: SERVER, AI_MEMORY_AUTH_TOKEN: TOKEN }): World {
  printed = { stdout: '', stderr: '' };
  return {
    config, variables: {}, self: ['/usr/bin/node', '/opt/ai-memory/main.js'], cwd: homeDir, homeDir, platform: 'linux', stdin: Readable.from([]),
    stdout: { write: (text: string) => (printed.stdout += text) !== '' }, stderr: { write: (text: string) => (printed.stderr += text) !== '' }, now: () => new Date('2026-11-23T10:00:00Z'),
  };
}

const run = (args: readonly string[], config?: World['config']): Promise<number> => runCommandLine(args, world(config));

/** Every file of agents, by its path from the home folder. */
function files(): Record<string, string> {
  const entries = readdirSync(homeDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(entries.filter((path) => !relative(homeDir, path).startsWith('.ai-memory')).map((path) => [relative(homeDir, path), readFileSync(path, 'utf8')]));
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(homeDir, path)), { recursive: true });
  writeFileSync(join(homeDir, path), text);
}

const wiredFiles = (agent: string): readonly WiredFile[] => agentWirings.find((wiring) => wiring.agent === agent)!.files({ platform: 'linux', home: '/home/dev', variables: {} });
const takesHooks = (agent: string): boolean => wiredFiles(agent).some(({ purpose }) => purpose === 'hooks' || purpose === 'plugin');
const hooked = agentWirings.map(({ agent }) => agent).filter(takesHooks);
const served = agentWirings.map(({ agent }) => agent).filter((agent) => wiredFiles(agent).some(({ purpose }) => purpose === 'mcp'));

describe('wiring', () => {
  it.each(served)('gives %s our tools, again changes nothing, and takes them out without a trace', async (client) => {
    expect(await run(['install-mcp', '--client', client, '--apply']), printed?.stderr).toBe(0);
    const wired = files();
    expect(Object.values(wired).join('\n')).toContain(client === 'claude-desktop' ? 'mcp-bridge' : `${SERVER}/mcp`);
    expect(await run(['install-mcp', '--client', client, '--apply'])).toBe(0);
    expect([files(), printed.stderr]).toEqual([wired, 'There is nothing to change.\n']);
    expect(await run(['uninstall', '--apply'])).toBe(0);
    expect(files()).toEqual({});
  });

  it.each(hooked)('makes %s report, marks it as wired, and takes that back', async (agent) => {
    const mark = join(homeDir, '.ai-memory', 'state', 'wired', agent);
    expect(await run(['install-hooks', '--agent', agent, '--apply']), printed?.stderr).toBe(0);
    expect([existsSync(mark), existsSync(join(homeDir, '.ai-memory', 'hook.sh')), readFileSync(join(homeDir, '.ai-memory', 'config.toml'), 'utf8')]).toEqual([true, true, `server_url = "${SERVER}"\n`]);
    expect(JSON.stringify(files())).not.toContain(TOKEN);
    expect(await run(['uninstall', '--agent', agent, '--apply'])).toBe(0);
    expect([existsSync(mark), files()]).toEqual([false, {}]);
  });

  it.each([['install-hooks', '--agent', 'claude-code'], ['install-mcp', '--client', 'claude-code'], ['uninstall']])('changes nothing unless told to: %s', async (...args) => {
    await run(['install-hooks', '--agent', 'codex', '--apply']);
    const before = files();
    expect(await run(args)).toBe(0);
    expect(files()).toEqual(before);
    expect(printed.stdout).toMatch(/^--- .*\n\+\+\+ /);
    expect(printed.stderr).toContain(`Nothing is changed yet. To do it: ai-memory ${args.join(' ')} --apply`);
  });

  it.each([[[]], [['--json']]])('never shows the token (%j), and keeps the file that holds it to its owner', async (more) => {
    expect(await run(['install-mcp', '--client', 'claude-code', ...more])).toBe(0);
    expect(printed.stdout).toContain('Bearer [REDACTED');
    expect(printed.stdout + printed.stderr).not.toContain(TOKEN);
    put('.claude.json', '{}\n');
    chmodSync(join(homeDir, '.claude.json'), 0o644);
    await run(['install-mcp', '--client', 'claude-code', '--apply']);
    expect(readFileSync(join(homeDir, '.claude.json'), 'utf8')).toContain(TOKEN);
    expect(statSync(join(homeDir, '.claude.json')).mode & 0o777).toBe(0o600);
  });

  it('names the variable in place of the token where that is asked for', async () => {
    await run(['install-mcp', '--client', 'claude-code', '--token-variable', 'MEM_TOKEN', '--apply']);
    expect(readFileSync(join(homeDir, '.claude.json'), 'utf8')).toContain('Bearer ${MEM_TOKEN}');
  });

  it('keeps what others wrote, and gives back the very bytes', async () => {
    const mine = { '.claude/settings.json': '{\n\t// mine\n\t"hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "./x.sh" }] }] },\n}\n', '.codex/config.toml': 'model = "x" # mine\n[tui]\nx=1' };
    for (const [path, text] of Object.entries(mine)) put(path, text);
    for (const agent of ['claude-code', 'codex']) {
      expect(await run(['install-hooks', '--agent', agent, '--apply'])).toBe(0);
      expect(await run(['install-mcp', '--client', agent, '--apply'])).toBe(0);
    }
    expect(files()['.claude/settings.json']).toContain('// mine');
    expect(await run(['uninstall', '--apply'])).toBe(0);
    expect(files()).toEqual(mine);
  });

  it('leaves a file alone that it could only spoil, and says so', async () => {
    put('.claude/settings.json', '{ "hooks": ');
    expect(await run(['install-hooks', '--agent', 'claude-code', '--apply'])).toBe(1);
    expect(printed.stderr).toContain('settings.json is left alone: ');
    expect(files()).toEqual({ '.claude/settings.json': '{ "hooks": ' });
    expect(existsSync(join(homeDir, '.ai-memory', 'state', 'wired', 'claude-code'))).toBe(false);
  });

  it('needs a token for a server elsewhere', async () => {
    expect(await run(['install-mcp', '--client', 'claude-code', '--apply'], { AI_MEMORY_SERVER_URL: SERVER })).toBe(4);
    expect(files()).toEqual({});
  });

  it("goes to the agents' own server, whatever this folder's marker says", async () => {
    put('.ai-memory.toml', 'server = "work"');
    expect(await run(['install-mcp', '--client', 'claude-code', '--apply'], {})).toBe(0);
    expect(files()['.claude.json']).toContain('http://127.0.0.1:49374/mcp');
  });
});

describe('a profile', () => {
  it.each([[['projects']], [['login', '--token', '-']]])('that nobody has set up is never another server: %j', async (args) => {
    const code = await run([...args, '--profile', 'wrok'], {});
    expect([code, printed.stderr]).toEqual([1, 'ai-memory: The profile wrok is not set up: ai-memory login --profile wrok --server-url URL\n']);
  });

  it('that is set up is listed', async () => {
    await run(['config', 'set', 'server_url', SERVER, '--profile', 'work'], {});
    await run(['config', 'list'], {});
    expect(printed.stderr).toBe('Profiles (--profile): work\n');
  });
});

describe('a command line', () => {
  it.each([[[], 2], [['--help'], 0], [['search', '--help'], 0], [['--version'], 0], [['install-hooks', '--agent', 'nobody'], 2], [['install-hooks'], 2], [['setup'], 2], [['config', 'get', 'nothing'], 2], [['completions', 'tcsh'], 2]])('%j ends with %i', async (args, expected) => {
    expect(await run(args)).toBe(expected);
  });

  it('that is wrong is told in one line', async () => {
    await run(['search', '--limit', '0', 'x']);
    expect([printed.stdout, printed.stderr]).toEqual(['', "ai-memory: option '-n, --limit <count>' argument '0' is invalid. It must be a whole number from 1 to 100.\n"]);
  });
});
