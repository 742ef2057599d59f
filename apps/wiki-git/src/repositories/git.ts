import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { WIKI_GIT_CONFIG, type WikiGitConfig } from '../wiki-git.config.js';
import { measuredGit } from './git-metrics.js';
import { GIT_FAILED } from './repositories.faults.js';

const TIMEOUT_MS = 10_000;
const STDOUT_BYTES_MAX = 128 * 1024 * 1024;
const STDERR_BYTES_MAX = 16 * 1024;

export interface GitOptions {
  input?: Buffer | Readable;
  /** Beside git's own; names that are fixed in the code. */
  environment?: Readonly<Record<string, string>>;
  timeoutMs?: number;
  /** Exit codes that are an answer; any other rejects. */
  exitCodes?: readonly number[];
}

export interface GitResult {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
}

/**
 * Runs git on a bare repository with arguments that are fixed in the code, and shas and page paths that were checked.
 * Nothing of the machine's, the user's or a repository's own settings can make it run anything else, ask, or call out.
 */
@Injectable()
export class Git implements OnModuleInit {
  constructor(@Inject(WIKI_GIT_CONFIG) private readonly config: WikiGitConfig) {}

  /** Refuses to start without a git that knows `core.fsync`. */
  async onModuleInit(): Promise<void> {
    const { stdout } = await this.run('/', ['version']).catch((error: unknown) => {
      throw new Error('git is not installed, or not on PATH', { cause: error });
    });
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
    if (Number(major) * 1_000 + Number(minor) < 2_036) throw new Error(`git 2.36 or newer is needed; this is ${stdout.toString().trim()}`);
  }

  async run(directory: string, args: readonly [command: string, ...rest: string[]], options: GitOptions = {}): Promise<GitResult> {
    return measuredGit(args[0], async () => {
      const result = await execute(directory, args, { ...this.environment(directory), ...options.environment }, options);
      if (!(options.exitCodes ?? [0]).includes(result.exitCode)) throw gitFailed(args[0], `exit code ${result.exitCode}: ${result.stderr.trim()}`);
      return result;
    });
  }

  /** A git whose output is taken as it comes. Whoever starts it ends it. */
  start(directory: string, args: readonly [command: string, ...rest: string[]], environment: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams {
    return spawn('git', args, { cwd: directory, env: { ...this.environment(directory), ...environment }, stdio: 'pipe', windowsHide: true });
  }

  /**
   * `GIT_DIR`: a broken repository must never make git look for another one in the folders above. `safe.directory`: the
   * folder may belong to another user, where a volume is mounted or the container's user changed. `core.bigFileThreshold`:
   * no page is as large, and what is larger is not taken into memory.
   */
  environment(directory: string): Record<string, string> {
    const settings = { 'safe.directory': directory, 'core.fsync': 'all', 'core.hooksPath': '/dev/null', 'gc.auto': '0', 'maintenance.auto': 'false', 'protocol.allow': 'never', 'core.bigFileThreshold': '1m' };
    const pairs = Object.entries(settings).flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]]);
    return {
      PATH: this.config.PATH,
      GIT_DIR: directory,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_CONFIG_COUNT: String(Object.keys(settings).length),
      ...(Object.fromEntries(pairs) as Record<string, string>),
    };
  }
}

function execute(cwd: string, args: readonly string[], env: Record<string, string>, { input, timeoutMs = TIMEOUT_MS }: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    // SIGTERM lets git remove its lock files.
    const child = spawn('git', args, { cwd, env, timeout: timeoutMs, killSignal: 'SIGTERM', stdio: 'pipe', windowsHide: true });
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
    child.on('error', (error) => reject(gitFailed(args[0]!, error.message)));
    // Not `close`: what git itself had started may hold the pipes for longer.
    child.on('exit', (_exitCode, signal) => signal && reject(gitFailed(args[0]!, `stopped by ${signal}`)));
    child.on('close', (exitCode) => resolve({ stdout: Buffer.concat(stdout), stderr, exitCode: exitCode ?? -1 }));
    if (input instanceof Readable) void pipeline(input, child.stdin).catch(() => undefined);
    else child.stdin.end(input);
  });
}

function gitFailed(command: string, detail: string): Fault {
  return new Fault(GIT_FAILED, { detail: `git ${command}: ${detail.slice(0, 1_000)}`, retryAfterSeconds: 1 });
}
