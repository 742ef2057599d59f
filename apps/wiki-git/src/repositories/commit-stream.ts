import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { Fault } from '#libs/faults';
import { inSpan } from '#libs/telemetry';
import { commitCommands, type NewCommit, STREAM_END, STREAM_START } from './fast-import-stream.js';
import { REPOSITORY_BUSY } from './repositories.faults.js';

/** From the first commit to the last; who holds the repository is waited for by others. An import brings thousands of files, which are projected meanwhile. */
const TIMEOUT_MS = 10_000;
const TIMEOUT_MS_PER_FILE = 10;
const STDERR_CHARS_MAX = 4_000;
const SHA = /^[0-9a-f]{40}$/;

/**
 * One `git fast-import` that makes commits one after the other and moves the branch once, at the end: from where it stood,
 * or not at all. Before `finish` nothing has happened.
 */
export class CommitStream {
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;
  private readonly closed: Promise<unknown[]>;
  private timer: NodeJS.Timeout;
  private timeoutMs = TIMEOUT_MS;
  private readonly startedAt = Date.now();
  private stderr = '';
  private last: string | null = null;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface({ input: child.stdout });
    this.answers = this.lines[Symbol.asyncIterator]();
    this.closed = Promise.race([once(child, 'close'), once(child, 'error')]);
    this.timer = this.timeOut();
    child.stderr.on('data', (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-STDERR_CHARS_MAX)));
    // A git that stops early closes its end; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.write(STREAM_START);
  }

  /** The commit's id. It follows on the one before; the first on `parent`. */
  async add(commit: NewCommit): Promise<string> {
    this.allowFor(commit.writes.length);
    this.child.stdin.write(commitCommands(commit, this.last === null));
    const { value } = (await this.answers.next()) as { value: string | undefined };
    if (!value || !SHA.test(value)) throw await this.failure();
    this.last = value;
    return value;
  }

  /** Moves the branch. When this resolves, the commits and the branch are on disk; REPOSITORY_BUSY where it stood elsewhere. */
  finish(): Promise<void> {
    // Until here git has only read; now it writes, and that is what a trace should tell.
    return inSpan('git fast-import', 'client', {}, async () => {
      this.child.stdin.end(STREAM_END);
      const [exitCode] = await this.closed;
      clearTimeout(this.timer);
      if (exitCode !== 0) throw await this.failure();
    });
  }

  /** Leaves the branch where it is. Does nothing after `finish`. */
  abort(): void {
    clearTimeout(this.timer);
    this.child.kill('SIGTERM');
  }

  private allowFor(files: number): void {
    clearTimeout(this.timer);
    this.timeoutMs += files * TIMEOUT_MS_PER_FILE;
    this.timer = this.timeOut();
  }

  private timeOut(): NodeJS.Timeout {
    return setTimeout(() => this.child.kill('SIGTERM'), this.startedAt + this.timeoutMs - Date.now());
  }

  private async failure(): Promise<Fault> {
    this.abort();
    await this.closed;
    return new Fault(REPOSITORY_BUSY, { detail: this.stderr.trim(), retryAfterSeconds: 1 });
  }
}
