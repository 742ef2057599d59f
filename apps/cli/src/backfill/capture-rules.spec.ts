import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureRulesOf, namesIgnored } from './capture-rules.js';

const home = mkdtempSync(join(tmpdir(), 'capture-rules-'));
const folder = join(home, 'work', 'api');
mkdirSync(folder, { recursive: true });

function mark(inFolder: string, text: string): void {
  writeFileSync(join(inFolder, '.ai-memory.toml'), text);
}

describe('capture rules', () => {
  it.each<[string, unknown, boolean]>([
    ['secrets/', { file_path: 'secrets/a' }, true], ['secrets/', { file_path: 'docs/a' }, false], ['*.env', { command: 'cat config/prod.env' }, true], ['*.env', { command: 'env' }, false],
    ['/private/**', { file_path: '/PLACE/private/x/y' }, true], ['private/**', { paths: ['a', './private/b'] }, true], ['docs/private/**', { file_path: 'deep/docs/private/b' }, false], ['a/**/z', { file_path: 'a/b/c/z' }, true], ['?.key', { file_path: 'x.key' }, true], ['a+b', { file_path: 'a+b' }, true],
  ])('%s means %j: %s', (pattern, input, expected) => {
    mark(folder, `[capture]\nignore_paths = ["${pattern}"]\n`);
    const { ignored } = captureRulesOf(folder, home);
    expect(namesIgnored(JSON.parse(JSON.stringify(input).replaceAll('/PLACE', folder)), folder, ignored)).toBe(expected);
  });

  it('come from the nearest marker that says anything of their kind', () => {
    mark(home, '[capture]\nenabled = false\n');
    mark(folder, 'drop_subagent_captures = true\n');
    expect(captureRulesOf(folder, home)).toEqual({ isOff: true, mayDropSubagents: true, ignored: [] });
    mark(folder, '[capture]\nenabled = true\n');
    expect(captureRulesOf(folder, home)).toEqual({ isOff: false, mayDropSubagents: false, ignored: [] });
  });
});
