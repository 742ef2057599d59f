import type { ChildProcess } from 'node:child_process';
import { setTimeout as rest } from 'node:timers/promises';
import { signalTree } from './processes.js';

const RESTART_MS = 500;
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** A server as a platform keeps it: started again half a second after it ended, for whatever reason, until it is stopped for good. */
export class KeptServer {
  private child: ChildProcess | undefined;
  private isWanted = false;

  constructor(private readonly launch: () => ChildProcess, private readonly isReady: (pid: number) => boolean | Promise<boolean>, private readonly stopSignal: NodeJS.Signals) {}

  get pid(): number {
    return this.child!.pid!;
  }

  async start(): Promise<void> {
    this.isWanted = true;
    this.run();
    await this.ready();
  }

  async ready(): Promise<void> {
    for (const deadline = Date.now() + READY_TIMEOUT_MS; !(await this.isReady(this.pid)); await rest(POLL_MS)) {
      if (Date.now() > deadline) throw new Error('A server did not become ready');
    }
  }

  /** To it and all of its processes. */
  signal(signal: NodeJS.Signals): void {
    signalTree(this.pid, signal);
  }

  /** As a platform stops it that starts it again. */
  restart(): void {
    process.kill(this.pid, this.stopSignal);
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(this.stopSignal);
    const late = setTimeout(() => this.signal('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  }

  private run(): void {
    this.child = this.launch();
    this.child.once('exit', () => {
      if (this.isWanted) setTimeout(() => this.isWanted && this.run(), RESTART_MS);
    });
  }
}
