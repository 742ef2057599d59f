import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Laptop, toolboxes } from './laptop.js';

let laptop: Laptop;
afterEach(() => laptop.stop());

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], { stdio: 'ignore' });
}

function folder(path: string): string {
  const absolute = join(laptop.userHome, path);
  mkdirSync(absolute, { recursive: true });
  return absolute;
}

function repository(path: string, remotes: Record<string, string> = {}): string {
  const root = folder(path);
  git(root, 'init', '-q');
  for (const [name, url] of Object.entries(remotes)) git(root, 'remote', 'add', name, url);
  return root;
}

/** What an event from the folder says of where it belongs. */
async function placeOf(cwd: string, event = 'Stop'): Promise<Record<string, string>> {
  await laptop.hook('claude-code', event, { session_id: 's', cwd }, { cwd });
  const { event: _event, agent: _agent, ingest_key: _key, ...place } = Object.fromEntries(laptop.events().at(-1)!.query);
  return place;
}

describe.each(toolboxes)('where an event belongs, by $name', (toolbox) => {
  beforeEach(() => {
    laptop = new Laptop(toolbox);
  });

  it('is its folder, whatever that is called', async () => {
    const cwd = folder("a b/é 漢&c=d%20#?+'\"x");
    expect(await placeOf(cwd)).toEqual({ cwd });
  });

  it.each([
    ['https://dev:s3cret@git.example.com/Acme/API.git?token=s3cret#x', 'https://git.example.com/Acme/API.git'],
    ['https://s3cret@with@at.example.com/a/b', 'https://at.example.com/a/b'],
    ['ssh://git@git.example.com:22/acme/api', 'ssh://git.example.com:22/acme/api'],
    ['git@git.example.com:acme/api.git', 'git@git.example.com:acme/api.git'],
  ])('is the remote %s, without credentials', async (remote, identity) => {
    const cwd = repository('api', { origin: remote });
    expect(await placeOf(cwd)).toEqual({ cwd, project: 'api', project_src: 'repo-root', identity, identity_src: 'git_remote' });
  });

  it.each(['/srv/git/api.git', '../api.git', 'file:///srv/api.git', '~/api.git'])('is no path of this machine, such as the remote %s', async (remote) => {
    expect(await placeOf(repository('api', { origin: remote }))).not.toHaveProperty('identity');
  });

  it('is what a fork is a fork of', async () => {
    const cwd = repository('api', { origin: 'git@h.example.com:me/api', upstream: 'git@h.example.com:acme/api' });
    expect(await placeOf(cwd)).toMatchObject({ identity: 'git@h.example.com:acme/api' });
  });

  it('is its repository, from any folder and any worktree', async () => {
    const root = repository('api');
    git(root, 'commit', '-q', '--allow-empty', '-m', 'first');
    git(root, 'worktree', 'add', '-q', join(laptop.userHome, 'elsewhere'));
    const expected = { project: 'api', project_src: 'repo-root' };
    expect(await placeOf(folder('api/src/deep'))).toMatchObject(expected);
    expect(await placeOf(folder('elsewhere'))).toMatchObject(expected);
  });

  it('is what the nearest marker says that says anything of it', async () => {
    laptop.write('work/.ai-memory.toml', 'workspace = "acme"\nproject = "api" # ours\nidentity = "git.example.com/acme/api"\n');
    laptop.write('work/api/.ai-memory.toml', '[recall]\ndefault_global = true\n[briefing]\ninject_on_session_start = true\nmax_chars = 2_000\n');
    const cwd = folder('work/api/src');
    expect(await placeOf(cwd)).toEqual({
      cwd, workspace: 'acme', project: 'api', project_src: 'marker', identity: 'git.example.com/acme/api', identity_src: 'explicit', default_global: '1', briefing: '1',
    });
  });

  it.each<[string, string, object]>([
    ['single quotes', "workspace = 'a&b=c'", { workspace: 'a&b=c' }],
    ['quotes around a key', '"workspace"="acme"', { workspace: 'acme' }],
    ['line ends of Windows', 'workspace = "acme"\r\nproject = "api"\r\n', { workspace: 'acme', project: 'api' }],
    ['keys of other tables', '[other]\nworkspace = "no"\nproject = "no"\n', {}],
    ['tables with blanks', ' [ recall ] # x\n default_global = true\n', { default_global: '1' }],
    ['no TOML at all', '\u0000 {{{ = " \n]]] workspace', {}],
    ['subagents left out', 'drop_subagent_captures = true', { drop_subagent: '1' }],
  ])('is read from a marker with %s', async (_what, marker, expected) => {
    const cwd = folder('work');
    laptop.write('work/.ai-memory.toml', marker);
    const { project_src: _source, ...place } = await placeOf(cwd);
    expect(place).toEqual({ cwd, ...expected });
  });

  it('is looked up anew when a session starts, and not at every event', async () => {
    const cwd = folder('work');
    await placeOf(cwd);
    laptop.write('work/.ai-memory.toml', 'workspace = "acme"');
    expect(await placeOf(cwd)).toEqual({ cwd });
    expect(await placeOf(cwd, 'SessionStart')).toEqual({ cwd, workspace: 'acme' });
    expect(await placeOf(cwd)).toEqual({ cwd, workspace: 'acme' });
  });

  it.each<[string, object, string]>([
    ['Cursor', { workspace_roots: ['/w/api', '/w/other'], cursor_version: '3' }, '/w/api'],
    ['Antigravity', { conversationId: 'c', workspacePaths: ['/w/api/'] }, '/w/api'],
    ['one that gives an empty folder', { cwd: '', workspace_roots: ['/w/api'] }, '/w/api'],
  ])("is found in the body of %s", async (_what, payload, cwd) => {
    await laptop.hook('claude-code', 'Stop', payload);
    expect(laptop.events()[0]!.query.get('cwd')).toBe(cwd);
  });

  it.each<[string, object, Record<string, string>]>([
    ['says none', { session_id: 's' }, {}],
    ['says one that is not resolved', { cwd: '/w/../../etc' }, {}],
    ['says none, and the environment does', { session_id: 's' }, { CLAUDE_PROJECT_DIR: '/w/api' }],
  ])("is the folder it was run in where the body %s", async (_what, payload, env) => {
    await laptop.hook('claude-code', 'Stop', payload, { env });
    expect(laptop.events()[0]!.query.get('cwd')).toBe(env.CLAUDE_PROJECT_DIR ?? laptop.userHome);
  });

  it('may be another server, and is then no other', async () => {
    laptop.write('work/.ai-memory.toml', 'server = "work"');
    const cwd = folder('work');
    await laptop.hook('claude-code', 'Stop', { id: 1, cwd });
    expect([laptop.events(), laptop.state('dropped/no-such-server')?.length]).toEqual([[], 1]);
    folder('.ai-memory/servers/work');
    await laptop.hook('claude-code', 'Stop', { id: 2, cwd });
    expect([laptop.events(), laptop.events(join(laptop.home, 'servers/work')).map(({ body }) => (JSON.parse(body) as { id: number }).id)]).toEqual([[], [2]]);
  });

  describe('with paths that a marker keeps to itself', () => {
    const MARKER = `[capture]\nignore_paths = [
  "secrets/", 'infra/**/*.tfvars', # both
  "*.pem", "/top.txt", "a+b(c)",
]\n`;
    const tool = (input: unknown): object => ({ tool_name: 'Any', tool_input: input, tool_response: 'x' });

    it.each<[string, (cwd: string) => object]>([
      ['a file', (cwd) => tool({ file_path: `${cwd}/key.pem`, content: 'x' })],
      ['a file in a folder', (cwd) => tool({ file_path: `${cwd}/deep/secrets/a.txt` })],
      ['a relative path', () => tool({ path: './infra/a/b/prod.tfvars' })],
      ['a path of the top alone', () => tool({ path: 'top.txt' })],
      ['special characters', () => tool({ path: 'x/a+b(c)/y' })],
      ['a word of a command', () => tool({ command: 'cat "secrets/a.txt" | grep x\nls' })],
      ['a patch', () => tool({ patch: '*** Update File: secrets/a.txt\n@@\n-x "quoted" \\ \n+y' })],
      ['escaped slashes', () => tool({ list: [{ deep: { path: 'secrets/a' } }] })],
      ["Antigravity's call", (cwd) => ({ conversationId: 'c', toolCall: { name: 'view', args: { AbsolutePath: `${cwd}/secrets/a` } } })],
      ["Copilot's arguments as text", (cwd) => ({ toolName: 'view', toolArgs: JSON.stringify({ path: `${cwd}/secrets/a` }) })],
    ])('does not put an event by that names %s', async (_what, payload) => {
      const cwd = folder('work');
      laptop.write('work/.ai-memory.toml', MARKER);
      const { code, stdout } = await laptop.hook('claude-code', 'PostToolUse', { session_id: 's', cwd, ...payload(cwd) });
      expect([code, stdout, laptop.events(), laptop.state('dropped/excluded')?.length]).toEqual([0, '', [], 1]);
    });

    it.each<[string, object]>([
      ['a path that is like it', tool({ path: 'secrets.txt', other: 'src/top.txt', more: 'infra/tfvars', x: 'key.pem.txt' })],
      ['words of a result', { ...tool({ path: 'README.md' }), tool_response: 'see secrets/a.txt' }],
      ['a tool without input', { tool_name: 'Any', tool_input: {}, tool_response: { path: 'secrets/a' } }],
      ['a prompt', { prompt: 'what is in secrets/a.txt?' }],
    ])('puts one by with %s', async (_what, payload) => {
      const cwd = folder('work');
      laptop.write('work/.ai-memory.toml', MARKER);
      await laptop.hook('claude-code', 'PostToolUse', { session_id: 's', cwd, ...payload });
      expect(laptop.events()).toHaveLength(1);
    });

    it('keeps to them at the next event too', async () => {
      const cwd = folder('work');
      laptop.write('work/.ai-memory.toml', MARKER);
      for (const path of ['README.md', 'secrets/a', 'x.pem']) await laptop.hook('claude-code', 'PostToolUse', { session_id: 's', cwd, ...tool({ path }) });
      expect([laptop.events().length, laptop.state('dropped/excluded')?.length]).toEqual([1, 2]);
    });
  });

  it('may be nowhere', async () => {
    const cwd = folder('work');
    laptop.write('work/.ai-memory.toml', '[capture]\nenabled = false\n');
    await laptop.hook('claude-code', 'Stop', { session_id: 's', cwd });
    await laptop.hook('claude-code', 'Stop', { session_id: 's', cwd });
    expect([laptop.events(), laptop.state('dropped/excluded')?.length]).toEqual([[], 2]);
  });
});
