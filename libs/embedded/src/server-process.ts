import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './server-account.js';
import { readProcess } from './process-facts.js';

const POLL_MS = 20;

/** Signals in order, each with the time its receiver gets before the next one follows. */
export type StopLadder = readonly (readonly [signal: NodeJS.Signals, patienceMs: number])[];

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly account: Account | undefined;
  /** An open file for what the server prints; closed here. A file outlives us, so an orphan never writes into a broken pipe. */
  readonly logFd: number;
  readonly ladder: StopLadder;
}

/** A server that runs as our child until `stop`. */
export class ServerProcess {
  /** Says how it ended; undefined while it runs. */
  ending: string | undefined;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private isStopping = false;
  private readonly listeners: ((ending: string) => void)[] = [];
  private readonly endWithUs = () => this.child.kill(this.ladder[0]?.[0]);

  private constructor(command: ServerCommand, private readonly ladder: StopLadder) {
    // Its own process group: a terminal's Ctrl-C reaches only us, and we stop our servers after their clients.
    this.child = spawn(command.command, command.args, { cwd: command.cwd, env: command.env, ...command.account, detached: true, stdio: ['ignore', command.logFd, command.logFd] });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(this.settle(`could not be started (${error.message})`)));
      this.child.once('exit', (code, signal) => resolve(this.settle(signal ? `was ended by ${signal}` : `exited with code ${code}`)));
    });
  }

  static start(command: ServerCommand): ServerProcess {
    try {
      const server = new ServerProcess(command, command.ladder);
      process.once('exit', server.endWithUs);
      return server;
    } finally {
      closeSync(command.logFd);
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Calls back once if the server ends without having been told to. */
  onExit(callback: (ending: string) => void): void {
    this.listeners.push(callback);
  }

  /** True once `isReady` holds; false if the server ended or the time is over. */
  async isReadyWithin(timeoutMs: number, isReady: () => boolean | Promise<boolean>): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (this.ending === undefined && Date.now() < deadline) {
      if (await isReady()) return true;
      await sleep(POLL_MS);
    }
    return false;
  }

  /** Ends the server, politely first; returns when it is gone or the ladder is used up. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await climb(this.ladder, (signal) => this.child.kill(signal), (patienceMs) => this.isEndedWithin(patienceMs));
  }

  private async isEndedWithin(patienceMs: number): Promise<boolean> {
    const patience = new AbortController();
    await Promise.race([this.ended, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    return this.ending !== undefined;
  }

  private settle(ending: string): void {
    this.ending = ending;
    process.off('exit', this.endWithUs);
    if (!this.isStopping) for (const listener of this.listeners) listener(ending);
  }
}

/** Ends a server that an earlier run left behind; false if it outlived the ladder. The caller has made sure that `pid` is that server. */
export function stopOrphan(pid: number, ladder: StopLadder): Promise<boolean> {
  const startedAt = readProcess(pid)?.startedAt;
  const isGone = () => startedAt === undefined || readProcess(pid)?.startedAt !== startedAt;
  const signal = (name: NodeJS.Signals) => { if (!isGone()) process.kill(pid, name); };
  return climb(ladder, signal, async (patienceMs) => {
    const deadline = Date.now() + patienceMs;
    while (!isGone() && Date.now() < deadline) await sleep(POLL_MS);
    return isGone();
  });
}

async function climb(ladder: StopLadder, signal: (name: NodeJS.Signals) => void, isGoneWithin: (patienceMs: number) => Promise<boolean>): Promise<boolean> {
  if (await isGoneWithin(0)) return true;
  for (const [name, patienceMs] of ladder) {
    signal(name);
    if (await isGoneWithin(patienceMs)) return true;
  }
  return false;
}
