import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isTrusted, readCodexHooks, trustCodexHooks } from './codex-trust.js';

/** Answers as `codex app-server` 0.169.0 does; keeps in a file what it was told to trust. */
const CODEX = `
const { createInterface } = require('node:readline');
const { readFileSync, writeFileSync } = require('node:fs');
const path = __dirname + '/trusted.json';
const trusted = () => JSON.parse(readFileSync(path, 'utf8'));
const hooks = () => [['a', 'ours one'], ['b', 'ours two'], ['c', 'foreign'], ['d', null]].map(([key, command]) => ({
  key, command, currentHash: 'sha256:' + key, trustStatus: trusted()[key] ? 'trusted' : 'untrusted', isManaged: false, eventName: 'stop', sourcePath: '/x' }));
console.log('Starting …');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (method === 'config/batchWrite') writeFileSync(path, JSON.stringify({ ...trusted(), ...params.edits[0].value }));
  console.log(JSON.stringify(method === 'hooks/list' ? { id, result: { data: [{ cwd: params.cwds[0], hooks: hooks() }] } } : { id, result: {} }));
});`;

let folder: string;
let program: string;
const isOurs = (command: string): boolean => command.startsWith('ours');
const trusted = (): object => JSON.parse(readFileSync(join(folder, 'trusted.json'), 'utf8')) as object;

function write(script: string): void {
  writeFileSync(join(folder, 'codex.cjs'), script);
  writeFileSync(program, `#!/bin/sh\n[ "$1" = app-server ] && exec "${process.execPath}" "${folder}/codex.cjs"\n`);
  chmodSync(program, 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-'));
  program = join(folder, 'codex');
  writeFileSync(join(folder, 'trusted.json'), '{}');
  write(CODEX);
});

describe('the hooks of Codex', () => {
  it('that are ours are seen, trusted or not', async () => {
    writeFileSync(join(folder, 'trusted.json'), '{"a":{}}');
    const hooks = await readCodexHooks(program, folder, isOurs);
    expect(hooks.map((hook) => [hook.key, isTrusted(hook)])).toEqual([['a', true], ['b', false]]);
    expect(trusted()).toEqual({ a: {} });
  });

  it('that are ours are trusted, by what they are now, and no others', async () => {
    expect((await trustCodexHooks(program, folder, isOurs)).every(isTrusted)).toBe(true);
    expect(trusted()).toEqual({ a: { trusted_hash: 'sha256:a' }, b: { trusted_hash: 'sha256:b' } });
  });

  it.each([['knows no such question', CODEX.replace("method === 'hooks/list' ?", "method === 'hooks/list' ? { id, error: { message: 'unknown method' } } :")], ['ends at once', ''], ['speaks another language', "process.stdin.resume(); console.log('{\"id\":1,\"result\":5}'); setTimeout(() => process.exit(), 50)"]])('are not known of one that %s', async (_what, script) => {
    write(script);
    await expect(readCodexHooks(program, folder, isOurs)).rejects.toThrow();
  });

  it('are not known where there is none', async () => {
    await expect(readCodexHooks(join(folder, 'none'), folder, isOurs)).rejects.toThrow('could not be started');
  });
});
