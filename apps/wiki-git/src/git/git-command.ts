import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const STDOUT_BYTES_MAX = 128 * 1024 * 1024;
const STDERR_BYTES_MAX = 16 * 1024;

/** A git to run: where, with what, and nothing of this process' environment. */
export interface GitCommand {
  readonly directory: string;
  readonly args: readonly [command: string, ...rest: string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface GitResult {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs git to its end, whatever its exit code. Throws where it can't be started, takes longer, or prints more than 128 MiB. */
export function runCommand({ directory, args, environment, timeoutMs }: GitCommand, input?: Buffer | Readable): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    // SIGTERM lets git remove its lock files.
    const child = spawn('git', args, { cwd: directory, env: environment, timeout: timeoutMs, killSignal: 'SIGTERM', stdio: 'pipe', windowsHide: true });
    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      stdoutBytes += chunk.length;
      if (stdoutBytes > STDOUT_BYTES_MAX) child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-STDERR_BYTES_MAX);
    });
    // A git that stops early closes its end; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    // Not `close`: what git itself had started may hold the pipes for longer.
    child.on('exit', (_exitCode, signal) => signal && reject(new Error(`stopped by ${signal}`)));
    child.on('close', (exitCode) => resolve({ stdout: Buffer.concat(stdout), stderr, exitCode: exitCode ?? -1 }));
    if (input === undefined || Buffer.isBuffer(input)) child.stdin.end(input);
    else void pipeline(input, child.stdin).catch(() => undefined);
  });
}
