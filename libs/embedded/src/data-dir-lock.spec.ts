import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { DATA_DIR_IN_USE } from './embedded.faults.js';
import { lockDataDir } from './data-dir-lock.js';
import { readProcess } from './process-facts.js';

let dataDir: string;
let lockPath: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-lock-'));
  lockPath = join(dataDir, 'instance.lock');
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
});

it('refuses a second instance in one line that names the process and the folder', () => {
  writeFileSync(lockPath, JSON.stringify({ pid: process.ppid, startedAt: readProcess(process.ppid)?.startedAt }));
  const sentence = expect.stringMatching(new RegExp(`^Another ai-memory \\(process ${process.ppid}\\) already uses ${dataDir}: .+\\.$`));
  expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: DATA_DIR_IN_USE.code, sentence }));
  expect(JSON.parse(readFileSync(lockPath, 'utf8'))).toMatchObject({ pid: process.ppid });
});

it('refuses a second instance in the same process until the first is released', () => {
  const first = lockDataDir(dataDir);
  expect(() => lockDataDir(dataDir)).toThrow(DATA_DIR_IN_USE.code);
  first.release();
  lockDataDir(dataDir).release();
  expect(existsSync(lockPath)).toBe(false);
});

it.each([
  ['whose process is gone', { pid: 2 ** 30, startedAt: 'then' }],
  ['whose number is ours now, as pid 1 in a container started again', { pid: process.pid, startedAt: 'before' }],
  ['whose number is another process’s now', { pid: process.ppid, startedAt: 'before' }],
])('takes over a lock %s', (_, holder) => {
  writeFileSync(lockPath, JSON.stringify(holder));
  lockDataDir(dataDir);
  expect(JSON.parse(readFileSync(lockPath, 'utf8'))).toEqual({ pid: process.pid, startedAt: readProcess(process.pid)?.startedAt });
});

it('takes over a lock that nobody can read', () => {
  writeFileSync(lockPath, '');
  lockDataDir(dataDir);
  expect(JSON.parse(readFileSync(lockPath, 'utf8'))).toMatchObject({ pid: process.pid });
});

it('leaves the lock of a successor alone when released late', () => {
  const lock = lockDataDir(dataDir);
  const successor = JSON.stringify({ pid: process.ppid, startedAt: readProcess(process.ppid)?.startedAt });
  writeFileSync(lockPath, successor);
  lock.release();
  expect(readFileSync(lockPath, 'utf8')).toBe(successor);
});
