import { spawn, type ChildProcess } from 'node:child_process';

const DELAY_MS_MIN = 250;
const DELAY_MS_MAX = 10_000;
/** A process that lived this long was healthy: its next restart is quick again. */
const HEALTHY_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

export interface SupervisedCommand {
  readonly name: string;
  /** A Node program that calls `exitWithParent`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly onStart?: (pid: number) => void;
}

export interface Supervised {
  /** Ends the process for good: SIGTERM, and SIGKILL if it is still there after 10 s. */
  stop(): Promise<void>;
}

/** Keeps a process running: whenever it ends, it is started again after 250 ms, and after twice as long each further time, up to 10 s. */
export function supervise(command: SupervisedCommand): Supervised {
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let delayMs = 0;
  let isStopping = false;

  const start = () => {
    const startedAt = Date.now();
    child = launch(command, (ending) => {
      child = undefined;
      if (isStopping) return;
      delayMs = nextDelayMs(delayMs, Date.now() - startedAt);
      command.log(`${command.name} ${ending}; starting it again in ${delayMs} ms`);
      restart = setTimeout(start, delayMs);
    });
    if (child.pid !== undefined) command.onStart?.(child.pid);
  };

  start();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(restart);
      if (child?.pid !== undefined) await endChild(child);
    },
  };
}

/** How long to wait before the next start, from the wait before this one and how long the process lived since. */
export function nextDelayMs(delayMs: number, livedMs: number): number {
  if (livedMs >= HEALTHY_MS || delayMs === 0) return DELAY_MS_MIN;
  return Math.min(delayMs * 2, DELAY_MS_MAX);
}

/** The channel closes when we die, however we die: that is how the child learns of it. */
function launch(command: SupervisedCommand, onEnd: (ending: string) => void): ChildProcess {
  const child = spawn(command.command, command.args, { env: command.env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('error', (error) => {
    if (child.pid === undefined) onEnd(`could not be started (${error.message})`);
  });
  child.once('exit', (code, signal) => onEnd(signal ? `was ended by ${signal}` : `exited with code ${code}`));
  return child;
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
