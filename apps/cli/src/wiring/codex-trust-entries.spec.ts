import { describe, expect, it } from 'vitest';
import { trustEntries } from './codex-trust-entries.js';

const PATH = '/home/dev/.codex/hooks.json';
const ours = { type: 'command', command: 'sh "/home/dev/.ai-memory/hook.sh" codex PostToolUse' };
const foreign = { type: 'command', command: './lint.sh' };
const HOOKS = JSON.stringify({ hooks: { PostToolUse: [{ hooks: [foreign] }, { hooks: [foreign, ours] }], Stop: [{ hooks: [ours] }] } });

const table = (key: string): string => `\n[hooks.state."${PATH}:${key}"]\ntrusted_hash = "sha256:00ff"\n`;
const removed = (text: string | null, hooks: string | null = HOOKS): string | null => trustEntries('/config.toml', PATH, hooks).remove(text);

describe('what Codex remembers of our hooks', () => {
  it.each([
    ['with the file, where it holds nothing else', `[hooks.state]\n${table('post_tool_use:1:1')}${table('stop:0:0')}`, null],
    ['behind what is there', `model = "x" # mine\n\n[hooks.state]\n${table('post_tool_use:1:1')}${table('stop:0:0')}`, 'model = "x" # mine\n'],
    ['before what comes after', `a = 1\n\n[hooks.state]\n${table('stop:0:0')}# end\n`, 'a = 1\n# end\n'],
    ['but not of the hooks of others', `[hooks.state]\n${table('post_tool_use:0:0')}${table('post_tool_use:1:1')}`, `[hooks.state]\n${table('post_tool_use:0:0')}`],
    ['also where it was switched off', `a = 1\n\n[hooks.state."${PATH}:stop:0:0"]\nenabled = false\ntrusted_hash = "sha256:00ff"\n`, 'a = 1\n'],
    ['with the line ends of Windows', `a = 1\r\n\r\n[hooks.state."${PATH}:stop:0:0"]\r\ntrusted_hash = "x"\r\n`, 'a = 1\r\n'],
    ['or nothing, where it remembers nothing', 'a = 1\n[hooks.state]\n', 'a = 1\n[hooks.state]\n'],
    ['or nothing, where there is no file', null, null],
  ])('goes %s', (_what, before, after) => {
    expect(removed(before)).toBe(after);
  });

  it('under a path of Windows', () => {
    const path = 'C:\\Users\\dev\\.codex\\hooks.json';
    for (const key of [JSON.stringify(`${path}:stop:0:0`), `'${path}:stop:0:0'`]) {
      expect(trustEntries('x', path, HOOKS).remove(`a = 1\n\n[hooks.state.${key}]\ntrusted_hash = "x"\n`)).toBe('a = 1\n');
    }
  });

  it.each([['no hooks', null], ['no JSON', '{ "hooks"'], ['another shape', '{ "hooks": [] }']])('stays where there are %s', (_what, hooks) => {
    const text = `[hooks.state]\n${table('stop:0:0')}`;
    expect(removed(text, hooks)).toBe(text);
  });
});
