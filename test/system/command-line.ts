import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command. */
export const ENTRY = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
const TIMEOUT_MS = 60_000;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A person's machine with nothing on it, and the built `ai-memory` command run there. */
export class Laptop {
  readonly homeDir = realpathSync(mkdtempSync(join(tmpdir(), 'laptop-')));

  constructor(private readonly env: Readonly<Record<string, string>> = {}) {}

  /** Runs to its end, without a terminal. */
  run(args: readonly string[], { input = '', cwd = this.homeDir }: { input?: string; cwd?: string } = {}): Promise<Ran> {
    const child = this.start(args, cwd);
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return new Promise((resolve) => child.once('close', (code) => resolve({ ...ran, code })));
  }

  /** Starts it, and leaves stdin open. Ends it by force after a minute. */
  start(args: readonly string[], cwd = this.homeDir): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [ENTRY, ...args], { cwd, env: this.environment(), timeout: TIMEOUT_MS });
  }

  /** What a run with `--json` answers. */
  async ask<T = Record<string, unknown>>(args: readonly string[], options: { input?: string; cwd?: string } = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0) throw new Error(`ai-memory ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as T;
  }

  environment(): Record<string, string> {
    return { PATH: process.env.PATH ?? '', HOME: this.homeDir, USERPROFILE: this.homeDir, ...this.env };
  }
}
