import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GitCommand } from './git-command.js';
import { GitProcess } from './git-process.js';

let folder: string;
let git: GitProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-memory-git-process-'));
  git = new GitProcess();
});
afterEach(async () => {
  git.close();
  await vi.waitFor(() => expect(startersOf(process.pid)).toEqual([]));
  rmSync(folder, { recursive: true });
});

function command(...args: GitCommand['args']): GitCommand {
  return { directory: folder, args, environment: { PATH: process.env.PATH! }, timeoutMs: 5_000 };
}

/** A shell command as git runs it. */
const shell = (text: string): GitCommand => command('-c', `alias.do=!${text}`, 'do');
const run = (asked: GitCommand, input?: Buffer) => git.call('runCommand', asked.timeoutMs, asked, input);

/** What Linux tells of a process: its state, and which began it. */
function statusOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [, state = '', parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Whether it is there and has not ended unheeded. */
function isAlive(pid: number): boolean {
  return ![undefined, 'Z'].includes(statusOf(pid)?.state);
}

/** Ids of the processes begun by `parent` to start git. */
function startersOf(parent: number): number[] {
  const pids = readdirSync('/proc').map(Number).filter((pid) => pid > 0 && statusOf(pid)?.parent === parent && isAlive(pid));
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('git.worker'));
}

async function starterOf(parent: number): Promise<number> {
  return vi.waitFor(() => {
    expect(startersOf(parent)).toHaveLength(1);
    return startersOf(parent)[0]!;
  });
}

/** Another process that runs `body`, where `ask` has the version of git. */
function asking(body: string): string[] {
  const built = join(import.meta.dirname.replace(/\/apps\//, '/dist/apps/'), 'git-process.js');
  return ['--input-type=module', '-e', `
    const { GitProcess } = await import(${JSON.stringify(built)});
    const git = new GitProcess();
    const command = { directory: '/', args: ['version'], environment: { PATH: process.env.PATH }, timeoutMs: 5_000 };
    const ask = async () => (await git.call('runCommand', 5_000, command)).stdout.toString();
    ${body}`];
}

describe('GitProcess', () => {
  it('runs many at once, and gives each its own', async () => {
    const given = await Promise.all(Array.from({ length: 40 }, (_value, index) => run(shell('cat'), Buffer.from(`text ${index}`))));
    expect(given.map(({ stdout }) => stdout.toString())).toEqual(given.map((_result, index) => `text ${index}`));
    expect(startersOf(process.pid)).toHaveLength(1);
  });

  it('gives 128 MiB as they are, and not one byte more', async () => {
    const { stdout } = await run(shell('head -c 134217728 /dev/zero'));
    expect(stdout.equals(Buffer.alloc(134_217_728))).toBe(true);
    await expect(run(shell('head -c 134217729 /dev/zero; sleep 1'))).rejects.toThrow('SIGTERM');
  }, 30_000);

  it('fails what is under way where the process ends, and begins another for what comes next', async () => {
    const hanging = run(shell('sleep 3'));
    process.kill(await starterOf(process.pid), 'SIGKILL');
    await expect(hanging).rejects.toThrow('the process that starts git ended with SIGKILL');
    expect((await run(command('version'))).stdout.toString()).toContain('git version');
  });

  it('does not wait for a process that is silent', async () => {
    await run(command('version'));
    process.kill(await starterOf(process.pid), 'SIGSTOP');
    await expect(run({ ...command('version'), timeoutMs: 100 })).rejects.toThrow('SIGKILL');
    await expect(run(command('version'))).resolves.toMatchObject({ exitCode: 0 });
  });

  it('hears no signal but the end of the one that began it', async () => {
    const parent = spawn(process.execPath, asking(`process.on('message', async () => process.send(await ask())); process.send(await ask());`), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(parent, 'message');
    const pid = await starterOf(parent.pid!);
    process.kill(pid, 'SIGTERM');
    process.kill(pid, 'SIGINT');
    parent.send('ask');
    expect((await once(parent, 'message'))[0]).toContain('git version');
    expect(await starterOf(parent.pid!)).toBe(pid);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
  });

  it('keeps no process from its end that has nothing else to do', () => {
    expect(execFileSync(process.execPath, asking('console.log(await ask());'), { timeout: 10_000 }).toString()).toContain('git version');
  });

  it('lets go of the process after a minute without a call', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await run(command('version'));
      vi.advanceTimersByTime(59_000);
      expect(startersOf(process.pid)).toHaveLength(1);
      await run(command('version'));
      vi.advanceTimersByTime(59_000);
      expect(startersOf(process.pid)).toHaveLength(1);
      vi.advanceTimersByTime(2_000);
    } finally {
      vi.useRealTimers();
    }
    await vi.waitFor(() => expect(startersOf(process.pid)).toEqual([]));
  });
});
