import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readProcess } from './process-facts.js';
import { supervise } from './supervise.js';

const FOREVER = 'setInterval(() => {}, 60_000)';
const SOON = { timeout: 10_000, interval: 20 };

function superviseNode(script: string) {
  const pids: number[] = [];
  const lines: string[] = [];
  const supervised = supervise({ name: 'ingest', command: process.execPath, args: ['-e', script], env: {}, log: (line) => lines.push(line), onStart: (pid) => pids.push(pid) });
  onTestFinished(() => supervised.stop());
  return { supervised, pids, lines };
}

it('starts a process again after it was killed, and says so', async () => {
  const { pids, lines } = superviseNode(FOREVER);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(pids).toHaveLength(2), SOON);
  expect(lines).toEqual(['ingest was ended by SIGKILL; starting it again in 250 ms']);
  expect(readProcess(pids[1] ?? 0)).toBeDefined();
});

it('waits longer each time a process ends at once', async () => {
  const { lines } = superviseNode('process.exit(3)');
  await vi.waitFor(() => expect(lines.slice(0, 2)).toEqual(['ingest exited with code 3; starting it again in 250 ms', 'ingest exited with code 3; starting it again in 500 ms']), SOON);
});

it('ends the process on stop and does not start it again', async () => {
  const { supervised, pids, lines } = superviseNode(FOREVER);
  await supervised.stop();
  expect(readProcess(pids[0] ?? 0)).toBeUndefined();
  expect(pids).toHaveLength(1);
  expect(lines).toEqual([]);
});

it('keeps trying a program that cannot be started', async () => {
  const lines: string[] = [];
  const supervised = supervise({ name: 'ingest', command: '/nowhere/node', args: [], env: {}, log: (line) => lines.push(line) });
  await vi.waitFor(() => expect(lines[1]).toContain('could not be started'), SOON);
  await supervised.stop();
});

it('leaves no process behind when its parent is killed', async () => {
  const child = `import { exitWithParent } from ${JSON.stringify(join(import.meta.dirname, 'exit-with-parent.ts'))}; exitWithParent(); ${FOREVER}; process.send('ready');`;
  const parent = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(child)}], { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', () => process.send(child.pid));`;
  const killed = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [orphan] = (await once(killed, 'message')) as [number];
  expect(readProcess(orphan)).toBeDefined();
  killed.kill('SIGKILL');
  await vi.waitFor(() => expect(readProcess(orphan)).toBeUndefined(), SOON);
});
