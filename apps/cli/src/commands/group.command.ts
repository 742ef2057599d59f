import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { GroupAnswer, GroupsAnswer } from '../client/answers.js';
import { apiPath, type Request } from '../client/server-client.js';
import { userId } from './user.command.js';

export function groupCommand(run: Run): Command {
  const command = new Command('group').description('Lists groups of users, makes and fills them. For owners and admins.');
  command.command('list').description('lists them, by name').action(run(list));
  command.command('show').argument('<group>').description('tells who is in one').action(run((cli, group: string) => ask(cli, {}, group)));
  command.command('create').argument('<group>').description('makes one').action(run((cli, group: string) => ask(cli, { method: 'PUT' }, group)));
  command.command('delete').argument('<group>').description('deletes one, and all that is granted to it').action(run((cli, group: string) => ask(cli, { method: 'DELETE' }, group)));
  command.command('add').argument('<group>').argument('<user>').description('puts a user into one').action(run((cli, group: string, user: string) => change(cli, group, user, 'PUT')));
  command.command('remove').argument('<group>').argument('<user>').description('takes a user out of one').action(run((cli, group: string, user: string) => change(cli, group, user, 'DELETE')));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(GroupsAnswer, apiPath('groups'));
  const rows = answer.groups.map(({ name, members }) => [name, String(members)]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['GROUP', 'MEMBERS'], rows) : 'There are no groups yet.'));
}

async function change(cli: Cli, group: string, user: string, method: 'PUT' | 'DELETE'): Promise<void> {
  await ask(cli, { method }, group, 'members', await userId(cli, user));
}

async function ask(cli: Cli, request: Request, ...path: readonly string[]): Promise<void> {
  const answer = await cli.server().ask(GroupAnswer, apiPath('groups', ...path), request);
  const names = answer.group.members.map(({ name }) => name).join(', ');
  cli.out.answer(answer, () => `${answer.group.name}: ${names || 'nobody'}`);
}
