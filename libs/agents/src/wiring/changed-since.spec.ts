import { describe, expect, it } from 'vitest';
import { agentWirings, hookCommand, isHookCommand, type Machine, type WiredFile, WiringRefused, type WiringSettings } from '../index.js';

const MACHINE: Machine = { platform: 'linux', home: '/home/dev', variables: {} };
const SETTINGS: WiringSettings = { serverUrl: 'https://memory.example', token: { literal: 'aim_token' }, clientHome: '/home/dev/.ai-memory', bridgeCommand: ['ai-memory', 'mcp-bridge'] };

function fileOf(agent: string, purpose: WiredFile['purpose']): WiredFile {
  return agentWirings.find((wiring) => wiring.agent === agent)!.files(MACHINE).find((file) => file.purpose === purpose)!;
}

const claudeMcp = fileOf('claude-code', 'mcp');
const claudeHooks = fileOf('claude-code', 'hooks');
const codexMcp = fileOf('codex', 'mcp');
const kimiHooks = fileOf('kimi-code', 'hooks');

describe('a JSON file that changed after we wrote to it', () => {
  it('keeps what others have added since', () => {
    const done = claudeMcp.install('{"a": 1}', SETTINGS).replace(/\n\}\s*$|\}$/, ',"b": {"mcpServers": 2}}');
    expect(claudeMcp.remove(done)).toBe('{"a": 1,"b": {"mcpServers": 2}}');
  });

  it('keeps a server that was added beside ours', () => {
    const done = claudeMcp.install(null, SETTINGS).replace('"ai-memory":', '"other": {},\n    "ai-memory":');
    expect(JSON.parse(claudeMcp.remove(done)!)).toEqual({ mcpServers: { other: {} } });
  });

  it('is freed of our entries when its agent has written it anew', () => {
    const anew = JSON.stringify(JSON.parse(claudeHooks.install('{\n  "theme": "dark"\n}', SETTINGS)), null, 4);
    expect(JSON.parse(claudeHooks.remove(anew)!)).toEqual({ theme: 'dark' });
  });

  it('keeps a handler that somebody put into our group', () => {
    const done = claudeHooks.install(null, SETTINGS).replace('"timeout": 5\n          }', '"timeout": 5\n          },\n          { "type": "command", "command": "mine" }');
    expect(claudeHooks.stateOf(done, SETTINGS)).toBe('outdated');
    expect(JSON.parse(claudeHooks.remove(done)!)).toEqual({ hooks: { SessionStart: [{ hooks: [{ type: 'command', command: 'mine' }] }] } });
  });

  it.each([
    ['an address', (text: string) => text.replace('memory.example', 'elsewhere.example')],
    ['a token', (text: string) => text.replace('aim_token', 'aim_other')],
  ])('is brought up to date where it has %s of before', (_what, change) => {
    const current = claudeMcp.install('{}', SETTINGS);
    const outdated = change(current);
    expect(claudeMcp.stateOf(outdated, SETTINGS)).toBe('outdated');
    expect(claudeMcp.install(outdated, SETTINGS)).toBe(current);
  });

  it('is brought up to date where a hook is missing', () => {
    const file = JSON.parse(claudeHooks.install(null, SETTINGS)) as { hooks: Record<string, unknown> };
    delete file.hooks['Stop'];
    const outdated = JSON.stringify(file);
    expect(claudeHooks.stateOf(outdated, SETTINGS)).toBe('outdated');
    expect(claudeHooks.stateOf(claudeHooks.install(outdated, SETTINGS), SETTINGS)).toBe('current');
  });
});

describe('a TOML file that changed after we wrote to it', () => {
  const TRUST = '\n[hooks.state."/home/dev/.codex/hooks.json:stop:0:0"]\ntrusted_hash = "sha256:1"\n';

  it('keeps the tables that its agent put between our lines', () => {
    const done = codexMcp.install('model = "big"\n', SETTINGS).replace('# <<<', `${TRUST}# <<<`);
    expect(codexMcp.stateOf(done, SETTINGS)).toBe('current');
    expect(codexMcp.remove(done)).toBe(`model = "big"\n${TRUST}`);
  });

  it('keeps them also when ours are renewed', () => {
    const done = codexMcp.install(null, SETTINGS).replace('# <<<', `${TRUST}# <<<`);
    const renewed = codexMcp.install(done, { ...SETTINGS, token: { variable: 'MEM_TOKEN' } });
    expect(renewed).toContain(TRUST.trim());
    expect(renewed).toContain('bearer_token_env_var = "MEM_TOKEN"');
    expect(renewed.match(/mcp_servers/g)).toHaveLength(1);
  });

  it('loses a table below ours, which without ours would keep the agent from starting', () => {
    const done = `${codexMcp.install('model = "big"\n', SETTINGS)}\n[mcp_servers.ai-memory.tools.memory_query]\napproval_mode = "approve"\n`;
    expect(codexMcp.remove(done)).toBe('model = "big"\n\n');
  });

  it('keeps lines that were added behind ours apart from those before', () => {
    expect(codexMcp.remove(`${codexMcp.install('model = "big"', SETTINGS)}[other]\n`)).toBe('model = "big"\n[other]\n');
  });
});

describe('a file that would be spoiled', () => {
  const cursorHooks = fileOf('cursor', 'hooks');
  it.each([
    ['is not JSON', claudeMcp, '{"a": 1', /not valid JSON.*line 1/],
    ['has an error further down', claudeMcp, '{\n"a": 1,\n"b" 2}', /line 3/],
    ['is JSON5', fileOf('openclaw', 'mcp'), "{ mcp: { servers: {} } }", /not valid JSON/],
    ['is an array', claudeMcp, '[]', /no|else than/],
    ['has servers that are no object', claudeMcp, '{"mcpServers": []}', /"mcpServers" is no object/],
    ['has an event that is no array', claudeHooks, '{"hooks": {"Stop": {}}}', /"hooks.Stop" is no array/],
    ['lacks the version that its agent wants', cursorHooks, '{"hooks": {"stop": []}}', /"version"/],
    ['is not TOML', codexMcp, 'a = ', /not valid TOML/],
    ['has our table already', codexMcp, '[mcp_servers.ai-memory]\nurl = "x"\n', /\[mcp_servers.ai-memory\] already/],
    ['has our table with quotes already', codexMcp, 'mcp_servers."ai-memory" = { url = "x" }\n', /already/],
    ['has servers to which no table can be added', codexMcp, 'mcp_servers = {}\n', /would not be with our tables/],
    ['has hooks to which none can be added', kimiHooks, 'hooks = []\n', /would not be with our tables/],
    ['is somebody else\'s', fileOf('opencode', 'plugin'), 'export const Mine = () => {};\n', /somebody else/],
  ])('is refused if it %s', (_why, file, text, message) => {
    expect(() => file.install(text, SETTINGS)).toThrow(WiringRefused);
    expect(() => file.install(text, SETTINGS)).toThrow(message);
    expect(file.stateOf(text, SETTINGS)).toBe('no');
  });

  it('is left as it is when somebody else\'s plugin is to be removed', () => {
    expect(fileOf('opencode', 'plugin').remove('export const Mine = () => {};\n')).toBe('export const Mine = () => {};\n');
  });
});

describe('the token', () => {
  const BY_VARIABLE: WiringSettings = { ...SETTINGS, token: { variable: 'MEM_TOKEN' } };
  const speaking = agentWirings.filter(({ agent }) => agent !== 'claude-desktop').map(({ agent, mayReadVariable }) => [agent, mayReadVariable] as const);

  it.each(speaking)('is named, not written, where %s can read variables', (agent, mayReadVariable) => {
    const file = fileOf(agent, 'mcp');
    if (!mayReadVariable) expect(() => file.install(null, BY_VARIABLE)).toThrow(WiringRefused);
    else expect(file.install(null, BY_VARIABLE)).toContain('MEM_TOKEN');
  });

  it.each(speaking)('is missing from the file of %s where the server asks for none', (agent) => {
    expect(fileOf(agent, 'mcp').install(null, { ...SETTINGS, token: null })).not.toMatch(/Bearer|token/i);
  });

  it.each(speaking)('keeps the file of %s to its owner', (agent) => {
    expect(fileOf(agent, 'mcp').mode).toBe(0o600);
  });

  it('is nowhere in what runs our hooks', () => {
    const files = agentWirings.flatMap(({ files: of }) => of(MACHINE).filter(({ purpose }) => purpose !== 'mcp'));
    for (const file of files) expect(file.install(null, SETTINGS)).not.toMatch(/aim_token|memory\.example/);
  });
});

describe('hookCommand', () => {
  it.each([
    ['linux', '/home/dev/.ai-memory', 'sh "/home/dev/.ai-memory/hook.sh" codex Stop'],
    ['darwin', '/Users/a "b"/$x`y', 'sh "/Users/a \\"b\\"/\\$x\\`y/hook.sh" codex Stop'],
    ['win32', 'C:\\Users\\a b\\.ai-memory', 'powershell -NoProfile -ExecutionPolicy Bypass -File "C:\\Users\\a b\\.ai-memory\\hook.ps1" codex Stop'],
  ] as const)('is known again on %s', (platform, clientHome, expected) => {
    const command = hookCommand(platform, clientHome, 'codex', 'Stop');
    expect(command).toBe(expected);
    expect(isHookCommand(command, 'codex')).toBe(true);
    expect(isHookCommand(command, 'code')).toBe(false);
  });

  it.each(['|| true', '; say done', '--more', '2>/dev/null'])('is known with %j behind it', (more) => {
    expect(isHookCommand(`cd / && sh "/x/hook.sh" codex Stop ${more}`, 'codex')).toBe(true);
  });

  it.each(['sh ./scripts/hook.sh codex Stop', 'sh "/x/my-hook.sh" codex Stop', 'sh "/x/hook.sh" codex Stop-more', 'ai-memory hook codex stop', undefined, 7])('does not take %j for ours', (command) => {
    expect(isHookCommand(command, 'codex')).toBe(false);
  });
});
