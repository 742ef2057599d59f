import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'jsonc-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { agentWirings, type WiredFile } from '#libs/agents';
import { Machine, type Ran } from './machine.js';

const CONFIG = { AI_MEMORY_SERVER_URL: 'https://memory.example.com', AI_MEMORY_AUTH_TOKEN: 'mem_pat_0123456789abcdefghijABCDEFGHIJ012345' };
const AGENTS = agentWirings.map(({ agent }) => agent);
const MODE = 0o640;

let machine: Machine;

beforeEach(() => {
  machine = new Machine(CONFIG);
});

function wiredFiles(agent: string, homeDir = machine.homeDir): readonly WiredFile[] {
  return agentWirings.find((wiring) => wiring.agent === agent)!.files({ platform: 'linux', home: homeDir, variables: {} });
}

/** Installs all that the agent takes, and gives what the commands said. */
async function wire(agent: string, on = machine): Promise<Ran[]> {
  const purposes = new Set(wiredFiles(agent).map(({ purpose }) => purpose));
  const commands = [
    ...(purposes.has('hooks') || purposes.has('plugin') ? [['install-hooks', '--agent', agent, '--apply']] : []),
    ...(purposes.has('mcp') ? [['install-mcp', '--client', agent, '--apply']] : []),
    ...(purposes.has('instructions') ? [['install-instructions', '--agent', agent, '--apply']] : []),
  ];
  const ran: Ran[] = [];
  for (const command of commands) ran.push(await on.run(command));
  return ran;
}

/** Agents' files with bytes and permissions; links by where they lead. */
function files(of = machine): Record<string, string> {
  const found = readdirSync(of.homeDir, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(found.filter((path) => !relative(of.homeDir, path).startsWith('.ai-memory')).map((path) => [relative(of.homeDir, path), bytesOf(path)]));
}

function bytesOf(path: string): string {
  const text = existsSync(path) ? `${(statSync(path).mode & 0o777).toString(8)} ${readFileSync(path).toString('latin1')}` : 'nothing';
  return lstatSync(path).isSymbolicLink() ? `link to ${text}` : text;
}

/** What the agent's files hold on a machine where only we have written, by their paths: tells what a file of its own looks like. */
async function written(agent: string): Promise<Record<string, string>> {
  const other = new Machine(CONFIG);
  await wire(agent, other);
  const paths = new Set(wiredFiles(agent, other.homeDir).filter(isSettings).map(({ path }) => path));
  return Object.fromEntries([...paths].map((path) => [relative(other.homeDir, path), readFileSync(path, 'utf8')]));
}

/** Programs and plugins are whole files of ours, which nobody else has. */
function isSettings({ path }: WiredFile): boolean {
  return /\.(json|toml|md)$/.test(path) && !path.includes('extensions/ai-memory');
}

/** The same by somebody else: another server, other hooks, and what is no concern of ours. */
function foreign(name: string, ours: string): string {
  if (name.endsWith('.md')) return '# Mine\n\n- Ask before deleting.\n';
  if (name.endsWith('.toml')) return 'model = "big"   # the slow one\n\n[mcp_servers.other]\ncommand = "other"\n\n[[hooks]]\nevent = "Stop"\ncommand = "say done"\n';
  const theirs = JSON.stringify(parse(ours), null, 3).replaceAll('ai-memory', 'mine').replaceAll(/sh \\".*?\\" [\w-]+ \w+/g, 'say hello');
  return `{\n   // by hand\n   "mine": [1,2 , 3],${theirs.slice(1).replace(/\n}$/, ',  /* the last */\n   "zz": { }\n}')}\n`;
}

const SHAPES: readonly (readonly [string, (text: string) => string])[] = [
  ['comments, odd blanks and entries of others', (text) => text],
  ['lines that end as on Windows', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['no line end at the end', (text) => text.trimEnd()],
  ['everything on one line', (text) => (text.startsWith('{') ? JSON.stringify(parse(text)) : text)],
];

describe.each(AGENTS)('what is put into the files of %s', (agent) => {
  it('is put in once, and taken out again without a trace', async () => {
    expect((await wire(agent)).map(({ code, stderr }) => ({ code, stderr }))).not.toContainEqual(expect.objectContaining({ code: 1 }));
    const wired = files();
    expect((await wire(agent)).every(({ stderr }) => stderr.startsWith('There is nothing to change.\n'))).toBe(true);
    expect(files()).toEqual(wired);
    expect((await machine.run(['uninstall', '--apply'])).code).toBe(0);
    expect(files()).toEqual({});
  });

  it.each(SHAPES)('leaves bytes and permissions of files with %s as they were', async (_what, shape) => {
    for (const [name, ours] of Object.entries(await written(agent))) chmodSync(machine.put(name, shape(foreign(name, ours))), MODE);
    const before = files();
    expect((await wire(agent)).map(({ code, stderr }) => (code === 0 ? '' : stderr))).not.toContainEqual(expect.stringMatching(/./));
    expect(files()).not.toEqual(before);
    const wired = files();
    await wire(agent);
    expect(files()).toEqual(wired);
    expect((await machine.run(['uninstall', '--agent', agent, '--apply'])).code).toBe(0);
    expect(files()).toEqual(before);
  });

  it.each([['to a file', true], ['to where no file is yet', false]])('goes through links %s, which stay links', async (_what, isThere) => {
    for (const [name, ours] of Object.entries(await written(agent))) {
      const target = machine.put(join('dotfiles', name), foreign(name, ours));
      if (!isThere) unlinkSync(target);
      mkdirSync(dirname(machine.path(name)), { recursive: true });
      symlinkSync(target, machine.path(name));
    }
    const before = files();
    expect((await wire(agent)).every(({ code }) => code === 0)).toBe(true);
    const links = Object.entries(files()).filter(([name]) => name in before && !name.startsWith('dotfiles'));
    expect(links.filter(([, text]) => !text.startsWith('link to 6'))).toEqual([]);
    expect((await machine.run(['uninstall', '--apply'])).code).toBe(0);
    expect(files()).toEqual(before);
  });

  it.each([
    ['that nobody may write', (text: string) => text, 0o444, 'it is read-only'],
    ['that is no text', () => Buffer.from([0x22, 0xff, 0xfe, 0x22]), MODE, 'it is not text in UTF-8'],
  ])('is not put into a file %s, and the command says so', async (_what, shape, mode, why) => {
    for (const [name, ours] of Object.entries(await written(agent))) chmodSync(machine.put(name, shape(foreign(name, ours))), mode);
    const before = files();
    const refused = (await wire(agent)).filter(({ code }) => code === 1);
    expect(refused.map(({ stderr }) => stderr.trim().split('\n').at(-1))).toEqual(refused.map(() => expect.stringMatching(new RegExp(`^ai-memory: .* is left alone: ${why}`))));
    expect(refused.length).toBeGreaterThan(0);
    expect(files()).toMatchObject(before);
  });
});

describe('a file that can only be spoilt', () => {
  it.each([
    ['.claude/settings.json', '{ "hooks": ', 'install-hooks', '--agent', 'claude-code'],
    ['.claude.json', '[]', 'install-mcp', '--client', 'claude-code'],
    ['.gemini/settings.json', '{ "mcpServers": [] }', 'install-mcp', '--client', 'gemini-cli'],
    ['.codex/config.toml', 'model = ', 'install-mcp', '--client', 'codex'],
  ])('is left alone, in one sentence: %s with %s', async (name, text, ...command) => {
    machine.put(name, text);
    const { code, stderr } = await machine.run([...command, '--apply']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^ai-memory: \S+ is left alone: .+\n/m)]);
    expect(machine.read(name)).toBe(text);
  });

  it('does not keep the others of its machine from being given back', async () => {
    await wire('cursor');
    await wire('claude-code');
    writeFileSync(machine.path('.cursor/mcp.json'), Buffer.from([0xff]));
    expect((await machine.run(['uninstall', '--apply'])).code).toBe(1);
    expect(Object.keys(files())).toEqual(['.cursor/mcp.json']);
  });

  it('is a folder: where one stands in place of a file', async () => {
    mkdirSync(machine.path('.claude.json'));
    const { code, stderr } = await machine.run(['install-mcp', '--client', 'claude-code', '--apply']);
    expect([code, stderr]).toEqual([1, `ai-memory: ${machine.path('.claude.json')} is left alone: is a folder\n`]);
  });

  it('is in a folder that is none', async () => {
    machine.put('.claude', 'a file');
    const { code, stderr } = await machine.run(['install-hooks', '--agent', 'claude-code', '--apply']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('settings.json is left alone: something on the way is no folder')]);
  });
});
