#!/usr/bin/env node
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '#libs/config';
import { CliConfig } from './cli.config.js';
import { EXIT } from './client/failure.js';
import { runCommandLine } from './program.js';
import { agentVariables } from './wiring/this-machine.js';

/** A reader that closes the pipe (`| head`) has read enough. */
function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.ok);
  });
}

function settings(): CliConfig | undefined {
  try {
    return readConfig(CliConfig);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`ai-memory: ${error.problems.join('; ')}\n`);
    return undefined;
  }
}

endQuietlyOnClosedPipe();
const config = settings();
process.exitCode = config === undefined ? EXIT.usage : await runCommandLine(process.argv.slice(2), {
  config, variables: agentVariables(), self: [process.execPath, fileURLToPath(import.meta.url)], cwd: process.cwd(), homeDir: homedir(), platform: process.platform,
  stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, now: () => new Date(),
});
