import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface GitAnswer {
  exitCode: number;
  /** What a person sees at the terminal. */
  printed: string;
}

const TIMEOUT_MS = 110_000;

/** A person's git, with none of this machine's settings, in a folder of theirs. */
export class GitClient {
  constructor(readonly folder: string) {}

  run(...args: string[]): Promise<GitAnswer> {
    return this.runWith('', args);
  }

  private runWith(input: string, args: string[]): Promise<GitAnswer> {
    const env = {
      PATH: process.env.PATH, HOME: this.folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C',
      GIT_AUTHOR_NAME: 'Eve', GIT_AUTHOR_EMAIL: 'eve@example.com', GIT_COMMITTER_NAME: 'Eve', GIT_COMMITTER_EMAIL: 'eve@example.com',
    };
    return new Promise((resolve) => {
      const child = execFile('git', args, { cwd: this.folder, env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        resolve({ exitCode: error ? Number(error.code ?? -1) : 0, printed: stdout + stderr });
      });
      // Nobody listens where git has refused already, which its exit code tells.
      child.stdin!.on('error', () => undefined).end(input);
    });
  }

  /** The same, for what must work. */
  async must(...args: string[]): Promise<string> {
    const { exitCode, printed } = await this.run(...args);
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${printed}`);
    return printed.trim();
  }

  /** Makes commits as `git fast-import` reads them: many in the time of one. */
  async fastImport(stream: string): Promise<void> {
    const { exitCode, printed } = await this.runWith(stream, ['fast-import', '--quiet']);
    if (exitCode !== 0) throw new Error(`git fast-import: ${printed}`);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  async commit(files: Record<string, string | Buffer>, message = 'By hand'): Promise<void> {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    await this.must('add', '--all');
    await this.must('commit', '--quiet', '-m', message);
  }
}
