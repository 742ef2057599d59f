import { resolve, sep } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { agentHistories } from '#libs/agents';
import type { Cli, Run } from '../cli.js';
import { type AgentCounts, backfill } from '../backfill/backfill.js';
import { ledgerOf } from '../backfill/ledger.js';
import { type Place, placeOf } from '../backfill/place.js';
import { connectionOf } from '../client/connection.js';
import { readIdentity } from '../client/identity.js';
import { ServerClient } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';
import { Progress } from '../output/progress.js';
import { drainHome, refuseStuck } from '../spool/drain-home.js';
import { machineOf } from '../wiring/this-machine.js';

/** So long may the storing of a batch take. */
const TIMEOUT_MS = 60_000;

interface Options {
  dryRun?: boolean;
  agent?: string[];
  since?: Date;
  path?: string;
  limit?: number;
  force?: boolean;
}

export function backfillCommand(run: Run): Command {
  return new Command('backfill')
    .description("Imports agents' past sessions from this machine, with their times: what hooks have captured is not taken twice.")
    .option('--dry-run', 'imports nothing, and counts')
    .addOption(new Option('--agent <name...>', 'of these agents').choices(agentHistories.map(({ agent }) => agent)))
    .option('--since <date>', 'those that went on at or after it, such as 2026-10-01', asDate)
    .option('--path <folder>', 'those that ran in this folder or below')
    .option('--limit <count>', 'the newest so many', wholeNumber(1, 1_000_000))
    .option('--force', 'reads again what earlier runs have finished')
    .action(run(async (cli, options: Options) => {
      const { serverUrl, token } = connectionOf(cli.namedHome, cli.world.config, cli.options.serverUrl);
      const server = new ServerClient(serverUrl, token, TIMEOUT_MS);
      await readIdentity(server);
      // What hooks have captured goes first: only then the server can tell what it has already.
      refuseStuck(await drainHome(cli.world, cli.namedHome));
      const agents = await importAll(cli, server, options);
      cli.out.answer({ server_url: serverUrl, is_dry_run: options.dryRun === true, agents }, () => describe(cli, agents, options.dryRun === true));
    }));
}

async function importAll(cli: Cli, server: ServerClient, { dryRun = false, agent, since, path, limit, force = false }: Options): Promise<AgentCounts[]> {
  const { world } = cli;
  const progress = new Progress(world.stderr, dryRun ? 'counting' : 'importing');
  const below = path && resolve(world.cwd, path);
  return backfill({
    server, isDryRun: dryRun, since, limit, isForced: force, now: world.now(), machine: machineOf(world),
    histories: agentHistories.filter((each) => !agent || agent.includes(each.agent)),
    ledger: ledgerOf(cli.namedHome, server.url),
    placeOf: (session) => placeOf(session, world.homeDir),
    isWanted: ({ cwd, profile }: Place) => profile === cli.options.profile && (!below || cwd === below || cwd?.startsWith(below + sep) === true),
    onProgress: (done, total) => progress.show(done, total),
  }).finally(() => progress.end());
}

function asDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('It must be a date, such as 2026-10-01.');
  return date;
}

function describe(cli: Cli, agents: readonly AgentCounts[], isDryRun: boolean): string {
  if (agents.length === 0) return 'There are no past sessions here.';
  const rows = agents.map(({ label, sessions, events }) => [label, sessions.new, events.new, sessions.there, events.there, sessions.open, sessions.left_out].map(String));
  const head = ['AGENT', isDryRun ? 'NEW SESSIONS' : 'IMPORTED', 'EVENTS', 'THERE ALREADY', 'EVENTS', 'STILL OPEN', 'LEFT OUT'];
  return [cli.out.table(head, rows), ...agents.flatMap(remarksOn), ...(isDryRun ? ['Nothing was imported: leave out --dry-run for that.'] : [])].join('\n');
}

function remarksOn({ label, events, broken_lines: broken, problem }: AgentCounts): string[] {
  return [
    ...(problem === undefined ? [] : [`${label}: ${problem}`]),
    ...(broken > 0 ? [`${label}: ${broken} lines that can't be read were left out`] : []),
    ...(events.dropped > 0 ? [`${label}: the server does not keep ${events.dropped} events`] : []),
  ];
}
