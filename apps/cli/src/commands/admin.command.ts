import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { EXIT, Failure } from '../client/failure.js';
import { packageRoot } from '../version.js';

/** Those of the server's own program, which knows their arguments. */
const ON_THE_SERVER = {
  backup: 'copies database and repositories while all runs',
  verify: 'a backup, or the installation itself',
  restore: 'puts a backup onto empty servers',
  canary: 'tries a running system as a client does',
} as const;

export function adminCommand(run: Run): Command {
  const command = new Command('admin').description('Backs up, restores and verifies an installation. For its operator.');
  for (const [name, description] of Object.entries(ON_THE_SERVER)) {
    command.command(name).description(`${description}; on the machine of the server`)
      .argument('[arguments...]').allowUnknownOption().helpOption(false)
      .action(run((cli, args: string[]) => onTheServer(cli, [name, ...args])));
  }
  return command;
}

/** The server's code lies beside ours in a checkout and in the image; not in the npm package. */
async function onTheServer(cli: Cli, args: readonly string[]): Promise<void> {
  const program = join(packageRoot(), 'dist/apps/standalone/src/admin.js');
  if (!existsSync(program)) throw new Failure('This works where the server is installed: in its checkout, or in a container of its image');
  const [node] = cli.world.self;
  const child = spawn(node, ['--enable-source-maps', program, ...args], { cwd: cli.world.cwd, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== EXIT.ok) throw new Failure('The command above did not end well', code === EXIT.usage ? EXIT.usage : EXIT.failure);
}
