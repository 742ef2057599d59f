import { Command, CommanderError } from 'commander';
import { printerOf, runIn } from './cli.js';
import { EXIT, type ExitCode, toFailure } from './client/failure.js';
import { refusePastedToken } from './client/pasted-token.js';
import { COMMANDS } from './commands/all-commands.js';
import { cliVersion } from './version.js';
import type { World } from './world.js';

const EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 no valid token, 5 server not reachable.';

/** The whole command line. Actions run in `world`. */
export function programOf(world: World): Command {
  const program = new Command('ai-memory')
    .description('Shared memory for coding agents: wires agents to a server, and reads and writes it from a terminal.')
    .version(cliVersion(), '-V, --version', 'prints the version')
    .option('--json', 'prints one JSON document in place of text')
    .option('--workspace <name>', 'workspace of the project; else from .ai-memory.toml or the git remote')
    .option('--project <name>', 'project; else from .ai-memory.toml or the git remote')
    .option('--server-url <url>', "the server; else AI_MEMORY_SERVER_URL, else config.toml's")
    .option('--profile <name>', 'one of several servers; else as .ai-memory.toml says')
    .addHelpText('after', `\n${EXIT_CODES}`);
  const run = runIn(world);
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    program.commandsGroup(heading);
    for (const command of commands) program.addCommand(command(run, () => program));
  }
  // Again, now that it has a heading to stand under.
  program.helpCommand(true);
  settle(program, world);
  return program;
}

/** Runs one command and gives its exit code; what failed is told on stderr in one line. */
export async function runCommandLine(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    refusePastedToken(args);
    await programOf(world).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = toFailure(error);
    printerOf(world, false).failure(failure.sentence);
    return failure.exitCode;
  }
}

/** Commander would end the process and print several lines. */
function settle(command: Command, world: World): void {
  command.exitOverride().configureHelp({ showGlobalOptions: true }).configureOutput({
    writeOut: (text) => world.stdout.write(text),
    writeErr: (text) => world.stderr.write(text),
    outputError: (text) => printerOf(world, false).failure(text.replace(/^error: /, '')),
  });
  command.commands.forEach((each) => settle(each, world));
}
