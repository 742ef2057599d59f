import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import type { AgentProgram } from './agent-program.js';
import { copyFolder, packagesFromNpm } from './installed-packages.js';
import { type Ran, runProgram, runWell } from './run-program.js';

const SESSION_TIMEOUT_MS = 120_000;
const COMMAND_TIMEOUT_MS = 60_000;
/** Where npm, with this as its prefix, puts programs, and a person's PATH finds them. */
const LOCAL = '.local';

interface SetupAnswer {
  agents: { agent: string; changes: { path: string }[] }[];
}

/** A home folder with one real agent, its settings and the `ai-memory` command in it, and nothing else. */
export class AgentHome {
  private readonly path: string;
  private readonly originals: Readonly<Record<string, string>>;
  private readonly wired = new Set<string>();

  constructor(readonly program: AgentProgram, folder: string, private readonly modelUrl: string, private readonly repository: string) {
    this.path = join(folder, program.agent);
    this.originals = program.files(modelUrl);
  }

  /** `command` is the folder where npm has installed the `ai-memory` command. */
  async furnish(command: string): Promise<void> {
    const { packages, path, fetched, command: name } = this.program;
    const program = join(await packagesFromNpm(packages), path);
    chmodSync(program, 0o755);
    copyFolder(command, join(this.path, LOCAL));
    symlinkSync(program, join(this.path, LOCAL, 'bin', name));
    for (const folder of ['tmp', ...Object.keys(this.originals).map((file) => dirname(file))]) mkdirSync(join(this.path, folder), { recursive: true });
    for (const [file, text] of Object.entries(this.originals)) writeFileSync(join(this.path, file), text);
    if (fetched) copyFolder(dirname(await packagesFromNpm(fetched.packages)), join(this.path, fetched.folder));
  }

  /** A headless session of the agent in the repository. */
  session(prompt: string): Promise<Ran> {
    return runProgram(join(this.path, LOCAL, 'bin', this.program.command), this.program.args(prompt), this.options(SESSION_TIMEOUT_MS));
  }

  /** What the `ai-memory` command answers. */
  async ask<T>(args: readonly string[], input = ''): Promise<T> {
    return JSON.parse(await runWell(join(this.path, LOCAL, 'bin/ai-memory'), [...args, '--json'], { ...this.options(COMMAND_TIMEOUT_MS), input })) as T;
  }

  /** Has setup do all with what a person knows: the server's address, and a token. */
  async setUp({ url, token }: { url: string; token: string }): Promise<SetupAnswer> {
    const answer = await this.ask<SetupAnswer>(['setup', '--yes', '--server-url', url, '--token', '-'], token);
    for (const { path } of answer.agents.flatMap(({ changes }) => changes)) this.wired.add(relative(this.path, path));
    return answer;
  }

  /** Files that setup has changed, as paths below the home folder. */
  get paths(): readonly string[] {
    return [...this.wired];
  }

  /** As the file was before setup; null for none. */
  original(path: string): string | null {
    return this.originals[path] ?? null;
  }

  /** As the file is; null for none. */
  read(path: string): string | null {
    const file = join(this.path, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  /** Nothing of the person who runs the tests; and no way to the network but a proxy that lets nobody through. */
  private options(timeoutMs: number): { cwd: string; env: Record<string, string>; timeoutMs: number } {
    const env = {
      PATH: [join(this.path, LOCAL, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: this.path, TMPDIR: join(this.path, 'tmp'), LANG: 'C.UTF-8', TERM: 'dumb', SHELL: '/bin/sh', NO_COLOR: '1', DO_NOT_TRACK: '1',
      HTTP_PROXY: this.modelUrl, HTTPS_PROXY: this.modelUrl, NO_PROXY: '127.0.0.1,localhost',
      ...this.program.env(this.modelUrl),
    };
    return { cwd: this.repository, env, timeoutMs };
  }
}
