import { Command, Option } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { SlotAnswer, SlotsAnswer, type SlotView } from '../client/answers.js';
import { notFoundFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { readStdin } from '../input/given-text.js';
import { ageOf } from '../output/age.js';

interface Place { everywhere?: boolean }

export function slotCommand(run: Run): Command {
  const everywhere = (): Option => new Option('--everywhere', 'of your profile, which is told in every project');
  const command = new Command('slot').description('Lists and writes notes that your sessions are always told, and nobody else.');
  command.command('list').description('lists yours of this project and of your profile').addOption(everywhere()).action(run(list));
  command.command('write').description('makes or replaces one').argument('<name>', 'for instance style').argument('<text>', '- for stdin; at most 2,048 bytes')
    .addOption(new Option('--kind <kind>', 'an invariant is replaced by agents only where they have read it').choices(['state', 'invariant']).default('state'))
    .addOption(everywhere()).action(run(write));
  command.command('delete').description('deletes one for good').argument('<name>', 'as list gives it').addOption(everywhere()).action(run(remove));
  return command;
}

async function list(cli: Cli, { everywhere }: Place): Promise<void> {
  const answer = await cli.server().ask(SlotsAnswer, everywhere ? apiPath('profile') : projectPath(await cli.readScope(), 'slots'));
  const rows = answer.slots.map((slot) => [slot.name, slot.everywhere ? 'everywhere' : 'here', slot.kind, ageOf(slot.updated_at, cli.world.now()), slot.text]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['NAME', 'TOLD', 'KIND', 'AGE', 'TEXT'], rows) : 'You have no slots here.'));
}

async function write(cli: Cli, name: string, text: string, { kind, ...place }: Place & { kind: string }): Promise<void> {
  const pathTo = await pathsOf(cli, place);
  const body = { kind, text: text === '-' ? await readStdin(cli.world) : text };
  const current = await find(cli, pathTo(), name, place);
  const headers: Record<string, string> = current ? { 'if-match': `"${current.slot_id}"` } : { 'if-none-match': '*' };
  const answer = await cli.server().ask(SlotAnswer, pathTo(name), { method: 'PUT', body, headers });
  cli.out.answer(answer, () => `${answer.slot.name}: ${current ? 'replaced' : 'written'}`);
}

async function remove(cli: Cli, name: string, place: Place): Promise<void> {
  const pathTo = await pathsOf(cli, place);
  const current = await find(cli, pathTo(), name, place);
  if (!current) throw notFoundFailure(`You have no slot ${name} here`);
  const answer = await cli.server().ask(SlotAnswer, pathTo(name), { method: 'DELETE', headers: { 'if-match': `"${current.slot_id}"` } });
  cli.out.answer(answer, () => `${answer.slot.name}: deleted`);
}

/** Where the slots are, and each of them. */
async function pathsOf(cli: Cli, { everywhere }: Place): Promise<(...name: string[]) => string> {
  if (everywhere) return (...name) => apiPath('profile', ...name);
  const scope = await cli.writeScope();
  return (...name) => projectPath(scope, 'slots', ...name);
}

/** The slot as it is now: a person means what they see, so that the version they replace is the one that is there. */
async function find(cli: Cli, path: string, name: string, { everywhere = false }: Place): Promise<SlotView | undefined> {
  const { slots } = await cli.server().ask(SlotsAnswer, path);
  return slots.find((slot) => slot.name === name && slot.everywhere === everywhere);
}
