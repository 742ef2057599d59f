import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { TOKEN_SCOPES } from '#libs/tenancy';
import type { Cli, Run } from '../cli.js';
import { type IssuedToken, IssuedTokenAnswer, OwnTokenAnswer, RotatedTokenAnswer, ServiceAccountsAnswer, TokenAnswer, TokensAnswer, type TokenView } from '../client/answers.js';
import { Failure, notFoundFailure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { writeAtomically } from '../files/atomic-write.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

const FILE_MODE = 0o600;

export function tokenCommand(run: Run): Command {
  const to = (): Option => new Option('--to <file>', 'keeps the token there, for you alone, in place of printing it');
  const command = new Command('token').description('Makes, lists, rotates and revokes tokens.');
  command.command('create').description('makes one for yourself or a service account; it is shown once').argument('<name>', 'for instance laptop')
    .addOption(new Option('--scope <scope...>', 'what it may at most; else all that the token that makes it may').choices(TOKEN_SCOPES))
    .option('--read-only', 'it may change nothing')
    .option('--in <workspace/project...>', 'the only projects that it may be used for')
    .addOption(new Option('--days <days>', 'how long it lives; else as long as usual').argParser(wholeNumber(1, 366)))
    .option('--never-expires', 'it lives until it is revoked, where the organisation allows that')
    .option('--service <name>', 'for this service account. For admins')
    .addOption(to()).action(run(create));
  command.command('list').description("lists yours, for admins everybody's").option('--all', 'also those that have ended').action(run(list));
  command.command('revoke').description('ends one, within seconds everywhere').argument('<id>', 'as list gives it; never the token itself')
    .option('--reason <line>', 'kept beside it').action(run(revoke));
  command.command('rotate').description("puts a new one in an old one's place; the one of this machine where none is named, and keeps it").argument('[id]', 'as list gives it; never the token itself')
    .addOption(new Option('--overlap-hours <hours>', 'so long the old one still works').argParser(hours).default(1))
    .addOption(to()).action(run(rotate));
  return command;
}

interface CreateOptions { scope?: string[]; readOnly?: boolean; in?: string[]; days?: number; neverExpires?: boolean; service?: string; to?: string }

async function create(cli: Cli, name: string, { scope, readOnly, in: places, days, neverExpires, service, to }: CreateOptions): Promise<void> {
  if (scope && readOnly) throw usageFailure('--read-only stands for scopes of its own: pass one of the two');
  if (days !== undefined && neverExpires) throw usageFailure('--days or --never-expires: pass one of the two');
  const body = {
    name, scopes: scope, read_only: readOnly, projects: places?.map(placeIn), expires_in_days: neverExpires ? null : days, user_id: service === undefined ? undefined : await accountNamed(cli, service),
  };
  const { token } = await cli.server().ask(IssuedTokenAnswer, apiPath('tokens'), { method: 'POST', body });
  await hand(cli, token, to);
}

async function list(cli: Cli, { all }: { all?: boolean }): Promise<void> {
  const answer = await cli.server().ask(TokensAnswer, apiPath('tokens'));
  const tokens = answer.tokens.filter(({ state }) => all || state === 'active' || state === 'rotated');
  const now = cli.world.now();
  const rows = tokens.map((each) => [each.token_id, each.kind, each.name, each.state, each.scopes.join(' '), placesOf(each), each.expires_at?.slice(0, 10) ?? 'never', each.last_used_at ? ageOf(each.last_used_at, now) : 'never']);
  cli.out.answer({ tokens }, () => (rows.length > 0 ? cli.out.table(['ID', 'KIND', 'NAME', 'STATE', 'SCOPES', 'PROJECTS', 'EXPIRES', 'USED'], rows) : 'There is no token.'));
}

async function revoke(cli: Cli, id: string, { reason }: { reason?: string }): Promise<void> {
  const answer = await cli.server().ask(TokenAnswer, apiPath('tokens', id), { method: 'DELETE', query: { reason } });
  cli.out.answer(answer, () => `${answer.token.name}: revoked`);
}

async function rotate(cli: Cli, id: string | undefined, { overlapHours, to }: { overlapHours: number; to?: string }): Promise<void> {
  const isOurs = id === undefined && to === undefined;
  if (isOurs && cli.connection().tokenFrom === 'environment') throw usageFailure('The token is that of AI_MEMORY_AUTH_TOKEN, which this command can\'t replace: pass --to FILE');
  const answer = await cli.server().ask(RotatedTokenAnswer, apiPath('tokens', id ?? (await ownId(cli)), 'rotate'), { method: 'POST', body: { overlap_hours: overlapHours } });
  if (!isOurs) return hand(cli, answer.token, to);
  await cli.serverHome.keepLogin(cli.connection().serverUrl, answer.token.token, cli.world.now());
  const { token: _secret, ...shown } = answer.token;
  cli.out.answer({ token: shown, old: answer.old }, () => `${shown.name}: this machine has a new token, to ${dayOf(shown)}; agents whose files hold the old one need: ai-memory setup`);
}

/** To a file, else to stdout and nowhere else. */
async function hand(cli: Cli, issued: IssuedToken, to: string | undefined): Promise<void> {
  const { token, ...shown } = issued;
  if (to === undefined) {
    cli.out.note(`${shown.name}, to ${dayOf(shown)}. Shown this once:`);
    return cli.out.answer({ token: issued }, () => token);
  }
  const path = resolve(cli.world.cwd, to);
  await writeAtomically(path, `${token}\n`, { mode: FILE_MODE });
  cli.out.answer({ token: shown, file: path }, () => `${shown.name}, to ${dayOf(shown)}: ${path}`);
}

async function ownId(cli: Cli): Promise<string> {
  const { token } = await cli.server().ask(OwnTokenAnswer, apiPath('token'));
  if (!token) throw new Failure('This machine uses no token');
  return token.token_id;
}

async function accountNamed(cli: Cli, name: string): Promise<string> {
  const { service_accounts: accounts } = await cli.server().ask(ServiceAccountsAnswer, apiPath('service-accounts'));
  const found = accounts.find((each) => each.name === name);
  if (!found) throw notFoundFailure(`There is no service account ${name}`);
  return found.user_id;
}

function placeIn(text: string): { workspace: string; project: string } {
  const [workspace, project, ...more] = text.split('/');
  if (!workspace || !project || more.length > 0) throw usageFailure('--in takes WORKSPACE/PROJECT');
  return { workspace, project };
}

function placesOf({ projects }: TokenView): string {
  return projects?.map(({ workspace, project }) => `${workspace}/${project}`).join(' ') ?? 'all';
}

function dayOf({ expires_at: end }: Pick<TokenView, 'expires_at'>): string {
  return end?.slice(0, 10) ?? 'no end';
}

function hours(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 24)) throw new InvalidArgumentError('It must be a number from 0 to 24.');
  return number;
}
