import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Cli, Run } from '../cli.js';
import { exportToFile } from '../archive/export-to.js';
import { AuditAnswer, AuditRetentionAnswer, VerifyAnswer } from '../client/audit-answers.js';
import { Failure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';

/** A long chain is read whole. */
const TIMEOUT_MS = 600_000;

interface Filter { actor?: string; action?: string; target?: string; since?: string; until?: string }

export function auditCommand(run: Run): Command {
  const command = new Command('audit').description('Who did what in the organisation, when and from where. For its owners and admins.');
  filtered(command.command('list').description('the latest entries, newest first'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'goes on after the answer before')
    .action(run(list));
  filtered(command.command('export').description('all entries, oldest first, as lines of JSON')).requiredOption('--file <file>', 'a file, which is replaced').action(run(exported));
  command.command('verify').description('follows the chain of hashes; ends with 1 where an entry was altered or taken out, and names the first')
    .option('--known <position:hash>', 'a head that was noted before and kept elsewhere: it must still be there', known)
    .action(run(verify));
  command.command('retention').description('tells how long entries are kept, or sets it')
    .option('--days <days>', 'so many days', wholeNumber(30, 3_650))
    .option('--for-ever', 'takes none away, which is so unless set')
    .action(run(retention));
  return command;
}

function filtered(command: Command): Command {
  return command
    .option('--actor <who>', 'id or name of who did it')
    .option('--action <action>', 'token.created; or token for all that begin so')
    .option('--target <target>', 'what it was done to, or how that begins: project:acme/')
    .option('--since <time>', 'not before: 2026-11-01T00:00:00Z')
    .option('--until <time>', 'before');
}

function queryOf({ actor, action, target, since, until }: Filter): Record<string, string | undefined> {
  return { actor, action, target, from: since, to: until };
}

async function list(cli: Cli, { limit, cursor, ...filter }: Filter & { limit: number; cursor?: string }): Promise<void> {
  const answer = await cli.server().ask(AuditAnswer, apiPath('audit'), { query: { ...queryOf(filter), limit, cursor } });
  const rows = answer.entries.map(({ position, entry: { at, actor, action, target, count, from } }) => [
    String(position), at, actor.name ?? actor.id, from.address ?? '-', count > 1 ? `${action}, ${count} times` : action, target,
  ]);
  const more = answer.next_cursor === null ? '' : `\nThere are more: --cursor ${answer.next_cursor}`;
  cli.out.answer(answer, () => (rows.length > 0 ? `${cli.out.table(['ENTRY', 'AT', 'WHO', 'FROM', 'ACTION', 'TARGET'], rows)}${more}` : 'There is no such entry.'));
}

async function exported(cli: Cli, { file, ...filter }: Filter & { file: string }): Promise<void> {
  const target = resolve(cli.world.cwd, file);
  const given = Object.entries(queryOf(filter)).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const bytes = await exportToFile(cli.server(TIMEOUT_MS).download(`${apiPath('audit', 'export')}?${new URLSearchParams(given).toString()}`), target);
  cli.out.answer({ file: target, bytes }, () => `${target}: ${bytes} bytes`);
}

async function verify(cli: Cli, options: { known?: string }): Promise<void> {
  const answer = await cli.server(TIMEOUT_MS).ask(VerifyAnswer, apiPath('audit', 'verify'), { query: { ...options } });
  const { broken, entries, anchor, head } = answer;
  cli.out.answer(answer, () => (broken ? `Whole up to entry ${broken.position - 1}.` : `Whole: ${entries} entries, from ${anchor.position + 1} on. Note the head elsewhere: ${head.position}:${head.hash}`));
  if (broken) throw new Failure(`Entry ${broken.position} ${broken.reason === 'missing' ? 'is missing' : 'was altered'}`);
}

async function retention(cli: Cli, { days, forEver = false }: { days?: number; forEver?: boolean }): Promise<void> {
  if (days !== undefined && forEver) throw usageFailure('Pass --days or --for-ever, not both');
  const isSet = days !== undefined || forEver;
  const answer = await cli.server().ask(AuditRetentionAnswer, apiPath('audit', 'retention'), isSet ? { method: 'PUT', body: { retention_days: days ?? null } } : {});
  cli.out.answer(answer, () => (answer.retention_days === null ? 'Entries are kept for ever.' : `Entries are kept for ${answer.retention_days} days.`));
}

function known(text: string): string {
  if (!/^\d{1,15}:[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('It must be <position>:<hash>, as verify told it.');
  return text;
}
