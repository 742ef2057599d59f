import { resolve } from 'node:path';
import { Command } from 'commander';
import { type Cli, type Run } from '../cli.js';
import { exportToFile } from '../archive/export-to.js';
import { apiPath } from '../client/server-client.js';

/** So long may all that an organisation has take to arrive. */
const TIMEOUT_MS = 3_600_000;

interface Place { to: string }

export function dataCommand(run: Run): Command {
  const command = new Command('data').description('Takes along all that is held of you, of a project or of the organisation: JSON, a row a line.');
  const kind = (verb: string, description: string): Command => command.command(verb).description(description).requiredOption('--to <file>', 'is replaced');
  kind('mine', 'of you').action(run((cli, { to }: Place) => save(cli, to, 'mine')));
  kind('user', 'of a person; for owners and admins').argument('<id>', 'as the API gives it').action(run((cli, id: string, { to }: Place) => save(cli, to, 'users', id)));
  kind('project', 'of the project that is named by option or marker, or that this folder is of; for its admins').action(run(project));
  kind('organisation', 'of all of it; for owners and admins').action(run((cli, { to }: Place) => save(cli, to, 'organisation')));
  return command;
}

async function project(cli: Cli, { to }: Place): Promise<void> {
  const scope = await cli.readScope();
  await save(cli, to, 'workspaces', scope.workspace, 'projects', scope.project);
}

async function save(cli: Cli, to: string, ...path: string[]): Promise<void> {
  const file = resolve(cli.world.cwd, to);
  const bytes = await exportToFile(cli.server(TIMEOUT_MS).download(apiPath('data', ...path)), file);
  cli.out.answer({ file, bytes }, () => `${file}: ${bytes} bytes`);
}
