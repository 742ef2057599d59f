import { Command } from 'commander';
import { type Cli, type Run } from '../cli.js';
import { HoldAnswer, HoldsAnswer } from '../client/answers.js';
import { apiPath } from '../client/server-client.js';
import { ageOf } from '../output/age.js';

export function holdCommand(run: Run): Command {
  const command = new Command('hold').description('Lists and places legal holds: what one covers can be neither erased nor purged. For owners.');
  command.command('list').description('those in force first').action(run(list));
  command.command('place').description('on the project that is named by option or marker').argument('<reason>').option('--organisation', 'on all of the organisation').action(run(place));
  command.command('lift').description('ends one').argument('<id>', 'as list gives it').action(run(lift));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(HoldsAnswer, apiPath('holds'));
  const rows = answer.holds.map((hold) => [hold.hold_id, hold.project_id ?? 'organisation', hold.lifted_at === null ? 'in force' : 'lifted', ageOf(hold.placed_at, cli.world.now()), hold.reason]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['HOLD', 'COVERS', 'STATE', 'AGE', 'REASON'], rows) : 'There are no holds.'));
}

async function place(cli: Cli, reason: string, { organisation = false }: { organisation?: boolean }): Promise<void> {
  const scope = organisation ? undefined : await cli.writeScope();
  const project = scope && { workspace: scope.workspace, project: scope.project };
  const answer = await cli.server().ask(HoldAnswer, apiPath('holds'), { method: 'POST', body: { reason, project } });
  cli.out.answer(answer, () => `${answer.hold.hold_id}: in force`);
}

async function lift(cli: Cli, id: string): Promise<void> {
  const answer = await cli.server().ask(HoldAnswer, apiPath('holds', id), { method: 'DELETE' });
  cli.out.answer(answer, () => `${answer.hold.hold_id}: lifted`);
}
