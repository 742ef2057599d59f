import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { WIKI_GIT_CONFIG, type WikiGitConfig } from '../wiki-git.config.js';
import { GIT_FAILED } from './git.faults.js';
import { type GitCommand, type GitResult, runCommand } from './git-command.js';
import { measuredGit } from './git-metrics.js';
import { GitProcess } from './git-process.js';

const TIMEOUT_MS = 10_000;
const LOG_SILENT_MS_MAX = 5_000;

export interface GitOptions {
  input?: Buffer | Readable;
  /** Beside git's own; names that are fixed in the code. */
  environment?: Readonly<Record<string, string>>;
  timeoutMs?: number;
  /** Exit codes that are an answer; any other rejects. */
  exitCodes?: readonly number[];
}

/**
 * Runs git on a bare repository with arguments that are fixed in the code, and shas and page paths that were checked.
 * Nothing of the machine's, the user's or a repository's own settings can make it run anything else, ask, or call out.
 */
@Injectable()
export class Git implements OnModuleInit, OnApplicationShutdown {
  private readonly process = new GitProcess();

  constructor(@Inject(WIKI_GIT_CONFIG) private readonly config: WikiGitConfig) {}

  /** Refuses to start without a git that knows `core.fsync`. */
  async onModuleInit(): Promise<void> {
    const { stdout } = await this.run('/', ['version']).catch((error: unknown) => {
      throw new Error('git is not installed, or not on PATH', { cause: error });
    });
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
    if (Number(major) * 1_000 + Number(minor) < 2_036) throw new Error(`git 2.36 or newer is needed; this is ${stdout.toString().trim()}`);
  }

  onApplicationShutdown(): void {
    this.process.close();
  }

  async run(directory: string, args: GitCommand['args'], { input, environment, timeoutMs = TIMEOUT_MS, exitCodes = [0] }: GitOptions = {}): Promise<GitResult> {
    const command = { directory, args, environment: { ...this.environment(directory), ...environment }, timeoutMs };
    return measuredGit(args[0], async () => {
      // What is not in memory yet does not go through another process.
      const running = input instanceof Readable ? runCommand(command, input) : this.process.call('runCommand', timeoutMs, command, input);
      const result = await running.catch((error: Error) => Promise.reject(gitFailed(args[0], error.message)));
      if (!exitCodes.includes(result.exitCode)) throw gitFailed(args[0], `exit code ${result.exitCode}: ${result.stderr.trim()}`);
      return result;
    });
  }

  /** What `git log` prints for arguments that are fixed in the code or checked. */
  async log(directory: string, args: readonly string[]): Promise<string> {
    const command = { directory, args: ['log', ...args] as const, environment: this.environment(directory), timeoutMs: LOG_SILENT_MS_MAX };
    return measuredGit('log', () => this.process.call('readLog', TIMEOUT_MS, command).catch((error: Error) => Promise.reject(gitFailed('log', error.message))));
  }

  /** A git whose output is taken as it comes. Whoever starts it ends it. */
  start(directory: string, args: GitCommand['args'], environment: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams {
    return spawn('git', args, { cwd: directory, env: { ...this.environment(directory), ...environment }, stdio: 'pipe', windowsHide: true });
  }

  /**
   * `GIT_DIR`: a broken repository must never make git look for another one in the folders above. `safe.directory`: the
   * folder may belong to another user, where a volume is mounted or the container's user changed. `core.bigFileThreshold`:
   * no page is as large, and what is larger is not taken into memory.
   */
  private environment(directory: string): Record<string, string> {
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

function gitFailed(command: string, detail: string): Fault {
  return new Fault(GIT_FAILED, { detail: `git ${command}: ${detail.slice(0, 1_000)}`, retryAfterSeconds: 1 });
}
