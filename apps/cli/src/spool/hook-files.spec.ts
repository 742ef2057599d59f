import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedHookFiles, hookFiles } from './hook-files.js';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

describe('hook files', () => {
  it('are all that a client home needs, and nothing else', () => {
    const paths = hookFiles().map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['hook.sh', 'hook.ps1', 'hook.d/drain.sh', 'hook.d/batch.awk', 'hook.d/request.cjs']));
    expect(paths.filter((path) => /\.(md|ts|mjs)$/.test(path))).toEqual([]);
  });

  it('are told from those that somebody has changed or lost', () => {
    for (const { path, text } of hookFiles()) write(path, text);
    expect(changedHookFiles(home)).toEqual([]);
    write('hook.sh', '# mine');
    rmSync(join(home, 'hook.d', 'drain.sh'));
    expect(changedHookFiles(home)).toEqual(['hook.d/drain.sh', 'hook.sh']);
  });
});
