import { Command, Option } from 'commander';
import { agentHistories, type AgentWiring, agentWirings } from '#libs/agents';
import { hasPastSessions } from '../backfill/backfill.js';
import { ledgerOf } from '../backfill/ledger.js';
import type { Cli, Run } from '../cli.js';
import { EXIT, Failure, usageFailure } from '../client/failure.js';
import { readIdentity } from '../client/identity.js';
import { ServerClient } from '../client/server-client.js';
import { confirm } from '../input/prompt.js';
import { askCodexToTrust } from '../wiring/codex-consent.js';
import { AGENT_NAMES, CAPTURING, filesOf, install, type Outcome, wiringNamed } from '../wiring/installation.js';
import { refuseIncomplete } from '../wiring/report.js';
import { makeRoundTrip } from '../wiring/round-trip.js';
import { agentsOn, machineOf } from '../wiring/this-machine.js';
import { givenToken, signIn } from './login.command.js';

const PAST_SESSIONS = '  Past sessions can be imported too: ai-memory backfill --dry-run';

interface Options {
  yes?: boolean;
  agent?: string[];
  token?: string;
  instructions?: boolean;
}

interface WiredAgent extends Outcome {
  /** What the person has to do yet. */
  to_do: string[];
}

export function setupCommand(run: Run): Command {
  return new Command('setup')
    .description('Signs in, wires the agents of this machine (hooks and MCP), and proves it with a round trip.')
    .option('--yes', 'asks nothing')
    .addOption(new Option('--agent <name...>', 'these, in place of those that are found').choices(AGENT_NAMES))
    .option('--token <source>', 'where the token is: - for stdin, or a file')
    .option('--instructions', "also tells agents in their files of standing instructions when to use the tools")
    .action(run(async (cli, options: Options) => {
      if (!options.yes && !cli.world.stdin.isTTY) throw usageFailure('setup asks questions, and there is no terminal: pass --yes');
      await ensureLogin(cli, options);
      const wired: WiredAgent[] = [];
      for (const wiring of await chosen(cli, options)) wired.push(await wire(cli, wiring, options));
      const roundTrip = await makeRoundTrip(cli);
      const { serverUrl } = cli.agentConnection();
      const hasPast = await hasPastSessions(agentHistories.filter(({ agent }) => wired.some((each) => each.agent === agent)), machineOf(cli.world), ledgerOf(cli.home, serverUrl));
      cli.out.answer({ server_url: serverUrl, agents: wired, round_trip: roundTrip, has_past_sessions: hasPast }, () => [describe(cli, wired, roundTrip), ...(hasPast ? [PAST_SESSIONS] : [])].join('\n'));
      refuseIncomplete(wired);
    }));
}

/** Goes by what is there already; hooks need it in the client's home, so that what the environment says is kept too. */
async function ensureLogin(cli: Cli, { yes, token: source }: Options): Promise<void> {
  const { serverUrl, token } = cli.agentConnection();
  if (source !== undefined) return void (await signIn(cli, cli.home, serverUrl, await givenToken(cli, source, serverUrl)));
  try {
    await readIdentity(new ServerClient(serverUrl, token));
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== EXIT.unauthenticated || yes) throw error;
    return void (await signIn(cli, cli.home, serverUrl, await givenToken(cli, source, serverUrl)));
  }
  const isKept = cli.home.readConfig().server_url === serverUrl && cli.home.readToken() === token;
  if (!isKept) await signIn(cli, cli.home, serverUrl, token);
}

async function chosen(cli: Cli, { agent, yes }: Options): Promise<AgentWiring[]> {
  const found = agent?.map(wiringNamed) ?? agentsOn(machineOf(cli.world), agentWirings);
  if (yes || agent) return found;
  const wanted: AgentWiring[] = [];
  for (const wiring of found) if (await confirm(cli.world, `Wire ${wiring.label}?`, true)) wanted.push(wiring);
  return wanted;
}

async function wire(cli: Cli, wiring: AgentWiring, { yes = false, instructions }: Options): Promise<WiredAgent> {
  const outcome = await install(cli, wiring, ['mcp', ...CAPTURING, ...(instructions ? ['instructions' as const] : [])], { isApplied: true });
  const hasHooks = wiring.agent === 'codex' && filesOf(cli, wiring, ['hooks']).length > 0;
  const left = hasHooks ? await askCodexToTrust(cli, yes) : undefined;
  return { ...outcome, to_do: left === undefined ? [] : [left] };
}

function describe(cli: Cli, agents: readonly WiredAgent[], { user, organisation, tools }: Awaited<ReturnType<typeof makeRoundTrip>>): string {
  const { style } = cli.out;
  const lines = agents.flatMap(({ label, changes, backup, to_do: left }) => [
    `${style.green('✓')} ${label}: ${changes.length === 0 ? 'was wired already' : changes.map(({ path }) => path).join(', ')}${backup ? style.dim(` (as it was: ${backup})`) : ''}`,
    ...left.map((sentence) => `  ${style.yellow('→')} ${sentence}`),
  ]);
  const none = agents.length === 0 ? ['No agent was wired. Those that can be: ai-memory setup --agent NAME'] : [];
  return [...lines, ...none, `${style.green('✓')} ${cli.agentConnection().serverUrl} answers ${user} of ${organisation}, with ${tools} tools`].join('\n');
}
