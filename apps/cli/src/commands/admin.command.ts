import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { CreatedOrganisationAnswer, DeadLetterAnswer, DeadLettersAnswer, SystemAnswer } from '../client/admin-answers.js';
import { EXIT, Failure, notFoundFailure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { ageOf } from '../output/age.js';
import { packageRoot } from '../version.js';

/** Those of the server's own program, which knows their arguments. */
const ON_THE_SERVER = {
  backup: 'copies database and repositories while all runs',
  verify: 'a backup, or the installation itself',
  restore: 'puts a backup onto empty servers',
  canary: 'tries a running system as a client does',
} as const;

export function adminCommand(run: Run): Command {
  const command = new Command('admin').description('Looks after an installation. For its operator; what needs the servers themselves works on their machine only.');
  command.command('status').description('whether each app answers, and what waits').action(run(status));
  command.command('organisation').description('creates an organisation with its first owner, and prints their token').argument('<name>')
    .requiredOption('--owner <name>', 'a person').requiredOption('--email <address>', 'theirs').action(run(createOrganisation));
  const letters = command.command('dead-letters').description('events that were given up');
  letters.command('list', { isDefault: true }).description('the last given up first').action(run(list));
  letters.command('show').description('one, with what it is about').argument('<id>').action(run(show));
  letters.command('requeue').description('announces one again').argument('[id]').option('--all', 'all that are listed').action(run(requeue));
  letters.command('remove').description('lets one go: what it told of stays undone').argument('<id>').action(run(remove));
  for (const [name, description] of Object.entries(ON_THE_SERVER)) {
    command.command(name).description(`${description}; on the machine of the server`)
      .argument('[arguments...]').allowUnknownOption().helpOption(false)
      .action(run((cli, args: string[]) => onTheServer(cli, [name, ...args])));
  }
  return command;
}

async function status(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(SystemAnswer, apiPath('system'));
  cli.out.answer(answer, () => [
    `version ${answer.version}; dead letters: ${answer.dead_letters.total}; organisations behind in the index: ${answer.index.organisations_behind}`,
    cli.out.table(['APP', 'ANSWERS', 'MS'], answer.services.map((each) => [each.name, each.reachable ? 'yes' : 'NO', String(each.milliseconds)])),
    cli.out.table(['OUTBOX', 'WAITING', 'OLDEST'], answer.outboxes.map((each) => [each.app, String(each.waiting), `${Math.round(each.oldest_seconds)} s`])),
  ].join('\n'));
  const silent = answer.services.filter(({ reachable }) => !reachable);
  if (silent.length > 0) throw new Failure(`${silent.map(({ name }) => name).join(', ')} did not answer`);
}

async function createOrganisation(cli: Cli, name: string, { owner, email }: { owner: string; email: string }): Promise<void> {
  const answer = await cli.server().ask(CreatedOrganisationAnswer, apiPath('organisations'), { method: 'POST', body: { name, owner: { name: owner, email } } });
  cli.out.answer(answer, () => `${answer.organisation.organisation_id} ${name}\ntoken of ${owner}, shown once: ${answer.token.token}`);
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(DeadLettersAnswer, apiPath('system', 'dead-letters'));
  const rows = answer.dead_letters.map((each) => [each.dead_letter_id, each.subject, each.listener, each.code, String(each.burials), ageOf(each.buried_at, cli.world.now())]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['DEAD LETTER', 'EVENT', 'NOT HANDLED BY', 'CODE', 'BURIALS', 'AGE'], rows) : 'There are no dead letters.'));
}

async function show(cli: Cli, id: string): Promise<void> {
  const { dead_letters: letters } = await cli.server().ask(DeadLettersAnswer, apiPath('system', 'dead-letters'));
  const letter = letters.find(({ dead_letter_id: each }) => each === id);
  if (!letter) throw notFoundFailure(`There is no dead letter ${id}`);
  cli.out.answer({ dead_letter: letter }, () => JSON.stringify(letter, null, 2));
}

async function requeue(cli: Cli, id: string | undefined, { all = false }: { all?: boolean }): Promise<void> {
  if ((id === undefined) === !all) throw usageFailure('Pass an id, or --all');
  const ids = id === undefined ? (await cli.server().ask(DeadLettersAnswer, apiPath('system', 'dead-letters'))).dead_letters.map((each) => each.dead_letter_id) : [id];
  for (const each of ids) await cli.server().ask(DeadLetterAnswer, apiPath('system', 'dead-letters', each, 'requeue'), { method: 'POST' });
  cli.out.answer({ requeued: ids }, () => `requeued: ${ids.length}`);
}

async function remove(cli: Cli, id: string): Promise<void> {
  const answer = await cli.server().ask(DeadLetterAnswer, apiPath('system', 'dead-letters', id), { method: 'DELETE' });
  cli.out.answer(answer, () => `${id}: removed`);
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
