import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { agentWirings, type Machine, type WiredFile, type WiringSettings } from '../index.js';

const LINUX: Machine = { platform: 'linux', home: '/home/dev', variables: {} };
const WINDOWS: Machine = { platform: 'win32', home: 'C:\\Users\\dev', variables: { APPDATA: 'C:\\Users\\dev\\AppData\\Roaming' } };
const SETTINGS: WiringSettings = {
  serverUrl: 'https://memory.example', token: { literal: 'aim_0123456789' }, clientHome: '/home/dev/.ai-memory', bridgeCommand: ['ai-memory', 'mcp-bridge'],
};
const WINDOWS_SETTINGS: WiringSettings = { ...SETTINGS, clientHome: 'C:\\Users\\dev\\.ai-memory' };

interface Shared {
  agent: string;
  path: string;
  wired: readonly WiredFile[];
}

function sharedFiles(machine: Machine): Shared[] {
  return agentWirings.flatMap(({ agent, files }) => [...Map.groupBy(files(machine), ({ path }) => path)].map(([path, wired]) => ({ agent, path, wired })));
}

function install({ wired }: Shared, text: string | null, settings = SETTINGS): string {
  return wired.reduce<string | null>((done, file) => file.install(done, settings), text)!;
}

function golden({ agent, path }: Shared, state: string): string {
  const name = path.replace(/^(\/home\/dev\/|C:\\Users\\dev\\)\.?/, '').replace(/[\\/]/g, '--').replaceAll(' ', '_');
  return `golden/${agent}/${name}.${state}`;
}

/** One program for each event would be too many to review. */
const ON_LINUX = sharedFiles(LINUX).filter(isReviewed);
const ON_WINDOWS_TOO = sharedFiles(WINDOWS).filter(isReviewed).filter(({ agent }) => ['claude-code', 'codex', 'copilot-cli', 'windsurf', 'cline'].includes(agent));
const OWN = /extensions\/ai-memory|plugins\/ai-memory|cline\/hooks/;
const SETTINGS_FILES = ON_LINUX.filter(({ path }) => !OWN.test(path));

describe('a file that was not there', () => {
  it.each(ON_LINUX)('is written as reviewed: $path of $agent', async (file) => {
    await expect(install(file, null)).toMatchFileSnapshot(golden(file, 'fresh'));
  });

  it.each(ON_WINDOWS_TOO)('is written as reviewed on Windows: $path of $agent', async (file) => {
    await expect(install(file, null, WINDOWS_SETTINGS)).toMatchFileSnapshot(golden(file, 'windows'));
  });
});

describe('a file with comments and entries of others', () => {
  it.each(SETTINGS_FILES)('is added to as reviewed, and given back: $path of $agent', async (file) => {
    const before = foreignText(file);
    const merged = install(file, before);
    await expect(before).toMatchFileSnapshot(golden(file, 'before'));
    await expect(merged).toMatchFileSnapshot(golden(file, 'merged'));
    expect(file.wired.reduce<string | null>((text, each) => each.remove(text), merged)).toBe(before);
  });
});

function isReviewed({ path }: Shared): boolean {
  return !/cline[\\/]hooks/.test(path) || path.includes('PreToolUse');
}

/** What somebody else may have written: of the shape of our own entries, with tabs, comments and a trailing comma. */
function foreignText(file: Shared): string {
  if (file.path.endsWith('.md')) return '# My rules\r\n\r\n- Ask before deleting.';
  if (file.path.endsWith('.toml')) return 'model = "big" # the slow one\n\n[mcp_servers.other]\ncommand = "other"\n\n[[hooks]]\nevent = "Stop"\ncommand = "say done"';
  return `{\n\t// mine\n\t"theme": "dark",\n${Object.entries(parse(install(file, null))).map(([name, ours]) => `\t${JSON.stringify(name.replace('ai-memory', 'mine'))}: ${foreignValue(name, ours)}`).join(',\n')}, // the end\n}\n`;
}

function foreignValue(name: string, ours: unknown): string {
  if (typeof ours !== 'object' || ours === null) return JSON.stringify(ours);
  if (/^(mcp|plugins)$/.test(name)) return '{}';
  if (name !== 'hooks') return '{\n\t\t"other": { "command": "other" } /* by hand */\n\t}';
  const [event, [group]] = Object.entries(ours)[0] as [string, [object]];
  const theirs = JSON.stringify(group).replaceAll(/(sh|powershell) \\".*?\\" [\w-]+ \w+/g, 'say hello');
  return `{\n\t\t"${event}": [${theirs}],\n\t\t"Other": [ ]\n\t}`;
}
