import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { parsePs, parseStat, readProcess } from './process-facts.js';

it('reads the fields after a name that holds spaces and parentheses', () => {
  const numbers = Array.from({ length: 18 }, (_, index) => String(index)).join(' ');
  expect(parseStat(`42 (a (b) c) S ${numbers} 147995 1 2 3`)).toEqual({ state: 'S', startTicks: '147995' });
});

it.each([
  ['S    Mon Nov 23 22:00:00 2026 /usr/bin/postgres -D /data', { startedAt: 'Mon Nov 23 22:00:00 2026', commandLine: '/usr/bin/postgres -D /data' }],
  ['Z    Mon Nov 23 22:00:00 2026 (postgres)', undefined],
  ['', undefined],
])('reads the ps line %j', (line, expected) => {
  expect(parsePs(line)).toEqual(expected);
});

it('knows a running process by the same start each time, and by its command line', () => {
  expect(readProcess(process.pid)).toEqual(readProcess(process.pid));
  expect(readProcess(process.pid)?.commandLine).not.toBe('');
  expect(readProcess(process.pid)?.startedAt).not.toBe(readProcess(process.ppid)?.startedAt);
});

it.each([0, -1, Number.NaN])('knows no process %s', (pid) => {
  expect(readProcess(pid)).toBeUndefined();
});

it('knows no process that has ended', async () => {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  expect(readProcess(child.pid ?? 0)).toBeUndefined();
});
