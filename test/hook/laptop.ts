import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '#libs/testing';
import { hookFiles } from '../../apps/cli/src/spool/hook-files.js';

/** A way to run `hook.sh`: the words before its path, and the awk that it finds. */
export interface Toolbox {
  name: string;
  shell: readonly string[];
  awk?: string;
}

const PATH = process.env.PATH ?? '';
const TOOLBOXES: readonly Toolbox[] = [
  { name: 'sh', shell: ['sh'] },
  { name: 'dash, mawk', shell: ['dash'], awk: 'mawk' },
  { name: 'bash as sh, the one true awk', shell: ['bash', '--posix'], awk: 'original-awk' },
  { name: 'busybox', shell: ['busybox', 'sh'], awk: 'busybox' },
];

export function findProgram(name: string): string | undefined {
  return PATH.split(delimiter).map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/** Those that this machine has. */
export const toolboxes = TOOLBOXES.filter(({ shell, awk }) => findProgram(shell[0]!) && (!awk || findProgram(awk)));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  ended: Promise<Ran>;
  /** As nothing can be prepared for. */
  kill(): void;
}

export interface Event {
  name: string;
  query: URLSearchParams;
  body: string;
}

/**
 * A person's machine with the hooks in its client home: a folder of its own, and an environment with nothing of ours. It has no
 * patience: what sleeps there wakes up at once.
 */
export class Laptop {
  readonly userHome = realpathSync(mkdtempSync(join(tmpdir(), 'laptop-')));
  readonly home = join(this.userHome, '.ai-memory');
  readonly bin = join(this.userHome, 'bin');
  path = `${this.bin}${delimiter}${PATH}`;

  constructor(readonly toolbox: Toolbox = TOOLBOXES[0]!) {
    for (const { path, text } of hookFiles()) this.write(join('.ai-memory', path), text);
    mkdirSync(this.bin);
    this.writeProgram('sleep', '#!/bin/sh\n');
    if (toolbox.awk) symlinkSync(findProgram(toolbox.awk)!, join(this.bin, 'awk'));
  }

  connect(serverUrl: string, token = 'secret-token'): void {
    this.write('.ai-memory/config.toml', `# of this test\nserver_url = "${serverUrl}"\nhandoff_timeout_ms = 5000 # enough under load\n`);
    this.write('.ai-memory/token', `${token}\n`);
  }

  hook(agent: string, event: string, payload: unknown, { cwd = this.userHome, env = {} }: { cwd?: string; env?: Record<string, string> } = {}): Promise<Ran> {
    return this.start([agent, event], typeof payload === 'string' ? payload : JSON.stringify(payload), cwd, env).ended;
  }

  /** Sends the spool, and comes back when that is over. */
  drain(): Promise<Ran> {
    return this.startDrain().ended;
  }

  /** Sends the spool until it is ended, since a drainer waits for a server to come back. */
  startDrain(): Running {
    return this.start(['--drain'], '', this.userHome, {});
  }

  events(home = this.home): Event[] {
    const spool = join(home, 'spool');
    return (existsSync(spool) ? readdirSync(spool) : []).filter((name) => name.endsWith('.event')).sort().map((name) => {
      const text = readFileSync(join(spool, name), 'utf8');
      const end = text.indexOf('\n');
      return { name, query: new URLSearchParams(text.slice(0, end)), body: text.slice(end + 1) };
    });
  }

  /** Puts events by without a hook. */
  spool(events: readonly { query: string; body: string }[], { at = Date.now() }: { at?: number } = {}): void {
    events.forEach(({ query, body }, index) => this.write(`.ai-memory/spool/${BigInt(at) * 1_000_000n + BigInt(index)}-1.event`, `${query}\n${body}\n`));
  }

  /** Puts events by that differ in the id of their body. */
  spoolIds(count: number, bodyOf: (id: number) => string = (id) => JSON.stringify({ id })): void {
    this.spool(Array.from({ length: count }, (_, id) => ({ query: `event=Stop&agent=claude-code&ingest_key=k-${id}`, body: bodyOf(id) })));
  }

  leftIds(): unknown[] {
    return this.events().map(({ body }) => (JSON.parse(body) as { id: unknown }).id);
  }

  /** Sends until the server takes no more. */
  async drainUntilFailure(): Promise<void> {
    const drainer = this.startDrain();
    try {
      await eventually(() => expect(this.state('last-error')).toMatch(/^\d+ \d+ \S+\n$/));
    } finally {
      drainer.kill();
      await drainer.ended;
    }
  }

  /** In how many seconds it comes again, and how often it has failed. */
  backoff(): { seconds: number; fails: number } {
    const [at, fails] = this.state('retry-after')!.trim().split(' ').map(Number);
    return { seconds: at! - Number(this.state('last-error')!.split(' ')[0]), fails: fails! };
  }

  /** A file of `state`; undefined where there is none. */
  state(name: string): string | undefined {
    const path = join(this.home, 'state', name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  write(path: string, text: string): string {
    const absolute = join(this.userHome, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
    return absolute;
  }

  /** A program that is found before any other of its name. */
  writeProgram(name: string, script: string): void {
    chmodSync(this.write(join('bin', name), script), 0o755);
  }

  /** Lets what sleeps sleep. */
  takesItsTime(): void {
    rmSync(join(this.bin, 'sleep'));
  }

  /** Leaves only the named programs to be found. */
  hasOnly(...names: readonly string[]): void {
    for (const name of names) if (!existsSync(join(this.bin, name))) symlinkSync(findProgram(name)!, join(this.bin, name));
    this.path = this.bin;
  }

  /** The process that says that it sends the spool. */
  drainer(): number | undefined {
    return Number(this.state('drain.lock')?.split(' ')[0]) || undefined;
  }

  /** Ends what its hooks have left running. */
  stop(): void {
    this.killDrainer();
    rmSync(this.userHome, { recursive: true, force: true, maxRetries: 5 });
  }

  /** As nothing can be prepared for. False where it has ended by itself. */
  killDrainer(): boolean {
    const pid = this.drainer();
    try {
      return pid !== undefined && pid !== process.pid && process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  }

  private start(args: readonly string[], input: string, cwd: string, env: Record<string, string>): Running {
    const [program, ...options] = this.toolbox.shell;
    const child = spawn(findProgram(program!)!, [...options, join(this.home, 'hook.sh'), ...args], { cwd, env: { PATH: this.path, HOME: this.userHome, ...env } });
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()));
    // A hook need not read what it is given.
    child.stdin.on('error', () => undefined).end(input);
    const ended = new Promise<Ran>((resolve, reject) => child.once('error', reject).once('close', (code) => resolve({ ...ran, code })));
    return { ended, kill: () => void child.kill('SIGKILL') };
  }
}
