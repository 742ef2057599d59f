import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { runCommandLine } from '../../apps/cli/src/program.js';
import type { World } from '../../apps/cli/src/world.js';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** A person's machine with nothing on it, and the whole command line run there in this process, so that it can have another clock. */
export class Machine {
  readonly homeDir = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  /** The only folder on its PATH. */
  readonly programs = join(this.homeDir, 'bin');
  cwd = this.homeDir;
  clockAheadMs = 0;

  constructor(private readonly config: World['config'] = {}) {}

  async run(args: readonly string[], input = ''): Promise<Ran> {
    const ran: Ran = { code: -1, stdout: '', stderr: '' };
    const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (ran[name] += text) !== '' });
    const world: World = {
      config: this.config, variables: { PATH: this.programs }, self: ['/usr/bin/node', '/opt/ai-memory/main.js'], cwd: this.cwd, homeDir: this.homeDir, platform: 'linux',
      stdin: Readable.from([input]), stdout: sink('stdout'), stderr: sink('stderr'), now: () => new Date(Date.now() + this.clockAheadMs),
    };
    ran.code = await runCommandLine(args, world);
    return ran;
  }

  path(name: string): string {
    return join(this.homeDir, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Gives the file's path. */
  put(name: string, text: string | Buffer, mode = 0o644): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text, { mode });
    return this.path(name);
  }

  /** A program on the PATH. */
  install(name: string, script: string): void {
    this.put(join('bin', name), script, 0o755);
  }
}
