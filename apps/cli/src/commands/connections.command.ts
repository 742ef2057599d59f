import { Command } from 'commander';
import { z } from 'zod';
import type { Cli, Run } from '../cli.js';
import { apiPath } from '../client/server-client.js';
import { ageOf } from '../output/age.js';

const Connection = z.object({
  connection_id: z.string(), kind: z.string(), client_name: z.string(), client_host: z.string().nullable(), scopes: z.array(z.string()), created_at: z.string(), expires_at: z.string(), last_used_at: z.string().nullable(),
});
const ConnectionsAnswer = z.object({ connections: z.array(Connection) });
const RevokedAnswer = z.object({ connection: Connection });

export function connectionsCommand(run: Run): Command {
  const command = new Command('connections').description('Lists and ends what you have let act for you: agents and devices.');
  command.command('list').description('lists those in force, the newest first').action(run(list));
  command.command('revoke').description('ends one, with all its tokens').argument('<id>', 'as list gives it').action(run(revoke));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(ConnectionsAnswer, apiPath('connections'));
  const now = cli.world.now();
  const rows = answer.connections.map((each) => [each.connection_id, each.kind, each.scopes.join(' '), ageOf(each.created_at, now), each.last_used_at ? ageOf(each.last_used_at, now) : 'never', each.client_host ?? each.client_name]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['CONNECTION', 'KIND', 'MAY', 'AGE', 'USED', 'NAME'], rows) : 'Nothing acts for you.'));
}

async function revoke(cli: Cli, id: string): Promise<void> {
  const answer = await cli.server().ask(RevokedAnswer, apiPath('connections', id), { method: 'DELETE' });
  cli.out.answer(answer, () => `${cli.out.foreign(answer.connection.client_name)} may no longer act for you.`);
}
