import type { Readable } from 'node:stream';
import type { CliConfig } from './cli.config.js';
import type { Sink } from './output/printer.js';
import type { Variables } from './wiring/this-machine.js';

/** Everything outside of the command that it looks at, so that a test can give it another one. */
export interface World {
  readonly config: CliConfig;
  /** Variables that decide where agents keep their files. */
  readonly variables: Variables;
  /** Program and arguments with which this command can be started again. */
  readonly self: readonly [string, ...string[]];
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
  now(): Date;
}
