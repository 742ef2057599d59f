import { Argument, Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { GrantAnswer, GrantsAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';

interface Options {
  wholeWorkspace?: boolean;
  user?: string;
  group?: string;
}

const WHOLE = ['--whole-workspace', 'in all projects of the workspace that --workspace names, not in one project'] as const;

export function grantCommand(run: Run): Command {
  const command = new Command('grant').description('Lists what users and groups may do in a project beyond their role; gives and takes it. For the project\'s admins.');
  command.command('list').description('lists what is granted').option(...WHOLE).action(run(list));
  command.command('give').addArgument(new Argument('<level>').choices(['read', 'write', 'admin'])).description('grants it, in place of what was granted before')
    .option('--user <name>', 'to this user').option('--group <name>', 'to this group').option(...WHOLE).action(run(give));
  command.command('take').argument('<grant>').description('takes a grant back').option(...WHOLE).action(run(take));
  return command;
}

async function list(cli: Cli, options: Options): Promise<void> {
  const answer = await cli.server().ask(GrantsAnswer, await placePath(cli, options));
  const rows = answer.grants.map(({ grant_id: id, user, group, level }) => [id, group ? `group ${group}` : user!, level]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['GRANT', 'TO', 'LEVEL'], rows) : 'Nothing is granted here.'));
}

async function give(cli: Cli, level: string, options: Options): Promise<void> {
  const { user, group } = options;
  if ((user === undefined) === (group === undefined)) throw usageFailure('Pass --user or --group, one of them');
  tell(cli, await cli.server().ask(GrantAnswer, await placePath(cli, options), { method: 'PUT', body: { user, group, level } }));
}

async function take(cli: Cli, grant: string, options: Options): Promise<void> {
  tell(cli, await cli.server().ask(GrantAnswer, await placePath(cli, options, grant), { method: 'DELETE' }), ' taken back');
}

async function placePath(cli: Cli, { wholeWorkspace = false }: Options, ...rest: readonly string[]): Promise<string> {
  if (!wholeWorkspace) return projectPath(await cli.writeScope(), 'grants', ...rest);
  if (cli.options.workspace === undefined) throw usageFailure('Which workspace? Pass --workspace');
  return apiPath('workspaces', cli.options.workspace, 'grants', ...rest);
}

function tell(cli: Cli, answer: (typeof GrantAnswer)['_output'], what = ''): void {
  const { user, group, level } = answer.grant;
  cli.out.answer(answer, () => `${group ? `group ${group}` : user}: ${level}${what}`);
}
