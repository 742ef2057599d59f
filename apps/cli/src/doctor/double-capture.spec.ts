import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { agentWirings, type Machine } from '#libs/agents';
import { findOtherCapture } from './double-capture.js';

const claudeCode = agentWirings.find(({ agent }) => agent === 'claude-code')!;
const command = (line: string): string => JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: 'command', command: line }] }] } }, null, 2);

let machine: Machine;
let cwd: string;

beforeEach(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'double-')));
  machine = { platform: 'linux', home: join(root, 'home'), variables: {} };
  cwd = join(root, 'home', 'src', 'api');
});

function put(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const found = (): Promise<string[]> => findOtherCapture(claudeCode.files(machine), machine, cwd);

describe('what else sends an agent\'s events', () => {
  it.each([
    ['our hook of another home, for another agent', 'sh "/home/other/.ai-memory/hook.sh" gemini-cli Stop'], ['a hook made by hand', 'ai-memory-hook claude-code'],
    ["the reference system's program", 'ai-memory hook --event stop'], ["the reference system's scripts", '/home/dev/.local/share/ai-memory/hooks/claude-code/stop.sh'],
    ['a curl', "curl -d @- 'http://127.0.0.1:49374/hook?agent=claude-code'"],
  ])('is found in its settings: %s', async (_what, line) => {
    const path = put(join(machine.home, '.claude', 'settings.json'), command(line));
    expect(await found()).toEqual([path]);
  });

  it("is found in the project's settings", async () => {
    const path = put(join(cwd, '.claude', 'settings.json'), command(`sh "${machine.home}/.ai-memory/hook.sh" claude-code Stop`));
    expect(await found()).toEqual([path]);
  });

  it.each([['our own hooks', 'sh "/home/dev/.ai-memory/hook.sh" claude-code Stop'], ["somebody else's hooks", './scripts/lint.sh --fix'], ['an MCP server of that name', 'npx ai-memory-viewer']])('is not %s', async (_what, line) => {
    put(join(machine.home, '.claude', 'settings.json'), command(line));
    expect(await found()).toEqual([]);
  });
});
