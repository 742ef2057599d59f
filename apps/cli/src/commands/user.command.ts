import { Argument, Command, Option } from 'commander';
import type { Cli, Run } from '../cli.js';
import { InvitationAnswer, PasswordAnswer, UserAnswer, UsersAnswer } from '../client/answers.js';
import { notFoundFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { readStdin } from '../input/given-text.js';
import { ask } from '../input/prompt.js';

const ROLES = ['owner', 'admin', 'member', 'viewer'];

export function userCommand(run: Run): Command {
  const command = new Command('user').description('Lists the people and service accounts of the organisation; adds people, gives roles, shuts people out. For owners and admins.');
  command.command('list').description('lists them, by name').action(run(list));
  command.command('add').argument('<name>').argument('<email>').description('adds a person')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).default('member')).action(run(add));
  command.command('role').argument('<name>').addArgument(new Argument('<role>').choices(ROLES)).description('gives somebody another role').action(run(setRole));
  command.command('password').argument('<name>').description('sets a password, by which they sign in to pages of the server; it is asked for, or read from stdin').action(run(setPassword));
  command.command('invite').argument('<name>').description('makes a link by which they choose a password themselves, once, within three days').action(run(invite));
  command.command('disable').argument('<name>').description('refuses somebody from now on; what they wrote stays').action(run((cli, name: string) => act(cli, name, 'disable')));
  command.command('enable').argument('<name>').description('lets somebody in again').action(run((cli, name: string) => act(cli, name, 'enable')));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(UsersAnswer, apiPath('users'));
  const rows = answer.users.map(({ name, kind, role, email, disabled_at: disabledAt }) => [name, kind, role, email, disabledAt ? 'disabled' : '']);
  cli.out.answer(answer, () => cli.out.table(['NAME', 'KIND', 'ROLE', 'E-MAIL', ''], rows));
}

async function add(cli: Cli, name: string, email: string, { role }: { role: string }): Promise<void> {
  tell(cli, await cli.server().ask(UserAnswer, apiPath('users'), { method: 'POST', body: { name, email, role } }));
}

async function setRole(cli: Cli, name: string, role: string): Promise<void> {
  tell(cli, await cli.server().ask(UserAnswer, apiPath('users', await userId(cli, name), 'role'), { method: 'PUT', body: { role } }));
}

async function setPassword(cli: Cli, name: string): Promise<void> {
  const id = await userId(cli, name);
  const password = cli.world.stdin.isTTY ? await ask(cli.world, `Password for ${name}: `, true) : (await readStdin(cli.world)).replace(/\r?\n$/, '');
  const answer = await cli.server().ask(PasswordAnswer, apiPath('users', id, 'password'), { method: 'PUT', body: { password } });
  cli.out.answer(answer, () => `${name} has a new password; browsers that were signed in are not any more`);
}

async function invite(cli: Cli, name: string): Promise<void> {
  const answer = await cli.server().ask(InvitationAnswer, apiPath('users', await userId(cli, name), 'invitation'), { method: 'POST' });
  cli.out.answer(answer, () => answer.url);
}

async function act(cli: Cli, name: string, action: 'disable' | 'enable'): Promise<void> {
  tell(cli, await cli.server().ask(UserAnswer, apiPath('users', await userId(cli, name), action), { method: 'POST' }));
}

function tell(cli: Cli, answer: (typeof UserAnswer)['_output']): void {
  const { name, role, disabled_at: disabledAt } = answer.user;
  cli.out.answer(answer, () => `${name}: ${role}${disabledAt ? ', disabled' : ''}`);
}

/** People are named on the command line, and go by ids on the wire. */
export async function userId(cli: Cli, name: string): Promise<string> {
  const { users } = await cli.server().ask(UsersAnswer, apiPath('users'));
  const user = users.find((each) => each.name === name);
  if (!user) throw notFoundFailure(`There is no user called ${name}; \`ai-memory user list\` lists them`);
  return user.user_id;
}
