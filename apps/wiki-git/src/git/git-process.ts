import { type ChildProcess, fork } from 'node:child_process';
import { type BirpcReturn, createBirpc } from 'birpc';
import { builtFile } from '#libs/runtime';
import type { GitWorker } from './git.worker.js';

const IDLE_MS = 60_000;
/** What the process that starts git may take beyond git's own time. */
const GRACE_MS = 2_000;

type Functions = BirpcReturn<GitWorker, object>;

/**
 * A small process that starts git for this one. Linux copies a process' page tables when it starts another, and nothing
 * else in it runs meanwhile: 8 to 10 ms with 700 MB. It is begun when first asked, and let go after a minute without.
 */
export class GitProcess {
  private current: { readonly child: ChildProcess; readonly functions: Functions } | undefined;
  private underWay = 0;
  private idle: NodeJS.Timeout | undefined;

  /** Throws what the function throws, or that the process ended or is silent: then git may have done its work, or not. */
  async call<Name extends keyof GitWorker>(name: Name, timeoutMs: number, ...input: Parameters<GitWorker[Name]>): Promise<Awaited<ReturnType<GitWorker[Name]>>> {
    const { child, functions } = (this.current ??= this.begin());
    clearTimeout(this.idle);
    this.underWay += 1;
    const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs + GRACE_MS);
    try {
      return (await functions.$call(name, ...input)) as Awaited<ReturnType<GitWorker[Name]>>;
    } finally {
      clearTimeout(late);
      this.underWay -= 1;
      if (this.underWay === 0) this.idle = setTimeout(() => this.close(), IDLE_MS).unref();
    }
  }

  /** What is under way fails; a next call begins another. */
  close(): void {
    clearTimeout(this.idle);
    if (this.current?.child.connected) this.current.child.disconnect();
    this.current = undefined;
  }

  private begin(): { child: ChildProcess; functions: Functions } {
    const child = fork(builtFile(new URL('git.worker.js', import.meta.url)), { execArgv: [], env: {}, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const functions = createBirpc<GitWorker>({}, {
      post: (message) => new Promise<void>((resolve, reject) => child.send(message as object, (error) => (error ? reject(error) : resolve()))),
      on: (take) => child.on('message', take),
      timeout: -1,
    });
    const lost = (error: Error): void => {
      functions.$close(error);
      if (this.current?.child === child) this.current = undefined;
    };
    child.once('error', lost).once('exit', (exitCode, signal) => lost(new Error(`the process that starts git ended with ${signal ?? exitCode}`)));
    // A call under way keeps this process by its timer.
    child.unref();
    child.channel!.unref();
    return { child, functions };
  }
}
