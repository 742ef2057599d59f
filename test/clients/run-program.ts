import { spawn } from 'node:child_process';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  cwd: string;
  env: Record<string, string>;
  timeoutMs: number;
  input?: string;
}

/** Runs a program to its end, without a terminal. One that hangs is killed with all that it has started, and what it has printed is told. */
export function runProgram(program: string, args: readonly string[], { cwd, env, timeoutMs, input = '' }: RunOptions): Promise<Ran> {
  const child = spawn(program, args, { cwd, env, detached: true });
  const ran: Ran = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (ran.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${program} ${args.join(' ')} has not ended after ${timeoutMs} ms. It said:\n${ran.stdout}${ran.stderr}`));
      process.kill(-child.pid!, 'SIGKILL');
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ ...ran, code });
    });
  });
}

/** The same, for what must not fail. */
export async function runWell(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}. It said:\n${stdout}${stderr}`);
  return stdout;
}
