import { type AgentWiring, agentWirings } from '#libs/agents';
import type { Cli } from '../cli.js';
import { IdentityAnswer, OwnTokenAnswer, ProjectsAnswer } from '../client/answers.js';
import type { ClientHome } from '../client/client-home.js';
import type { Connection } from '../client/connection.js';
import { Failure, toFailure } from '../client/failure.js';
import { apiPath, ServerClient } from '../client/server-client.js';
import type { Surroundings } from '../scope/scope.js';
import { readSpoolState } from '../spool/spool-state.js';
import { readAgentState } from '../wiring/agent-state.js';
import { readVersion } from '../wiring/agent-version.js';
import { isOurCodexHook } from '../wiring/codex-consent.js';
import { type CodexHook, isTrusted, readCodexHooks } from '../wiring/codex-trust.js';
import { filesOf } from '../wiring/installation.js';
import { hookDefects } from '../wiring/installed-hook.js';
import { agentsOn, machineOf, programPath } from '../wiring/this-machine.js';
import { type AgentFacts, checkAgent, checkHookFiles } from './agent-check.js';
import { findOtherCapture } from './double-capture.js';
import { failure, type Finding } from './finding.js';
import { checkProject } from './project-check.js';
import { checkServer, type ServerFacts } from './server-check.js';
import { checkSpool } from './spool-check.js';

const DAY_MS = 86_400_000;

/** Looks at everything between an agent and the server. Changes nothing. */
export async function examine(cli: Cli): Promise<Finding[]> {
  const surroundings = await orFailure(() => cli.surroundings());
  const door = await orFailure(async () => doorOf(cli, surroundings));
  if (door instanceof Failure) return [failure('settings', door.sentence, 'Correct that first, then: ai-memory doctor')];
  const server = await serverFacts(cli, door);
  const isSignedIn = !(server.identity instanceof Failure);
  const agents = await agentFacts(cli);
  const captured = agents.find(({ capture }) => capture === 'current' || capture === 'outdated');
  return [
    ...checkServer({ ...server, tokenDaysLeft: isSignedIn ? await tokenDaysLeft(cli, door) : undefined }),
    ...checkProject({ options: cli.options, surroundings, projects: isSignedIn ? await projects(door) : undefined }),
    ...checkSpool(readSpoolState(door.home.path), cli.world.now()),
    ...(captured ? [checkHookFiles(hookDefects(cli.home), captured.agent)] : []),
    ...agents.flatMap((facts) => checkAgent(facts, isSignedIn)),
  ];
}

/** Where this folder's events go. */
interface Door {
  home: ClientHome;
  connection: Connection;
}

/** By the marker; where that can't be read, as the hooks do, by the person's own settings. */
function doorOf(cli: Cli, surroundings: Surroundings | Failure): Door {
  return surroundings instanceof Failure ? { home: cli.home, connection: cli.agentConnection() } : { home: cli.serverHome, connection: cli.connection() };
}

function clientOf({ connection: { serverUrl, token } }: Door): ServerClient {
  return new ServerClient(serverUrl, token);
}

async function serverFacts(cli: Cli, door: Door): Promise<ServerFacts> {
  const server = clientOf(door);
  const facts = { connection: door.connection, login: door.home.readLogin() };
  const sentAt = cli.world.now().getTime();
  const answer = await orFailure(() => server.send('/identity'));
  if (answer instanceof Failure) return { ...facts, identity: answer, clockAheadSeconds: undefined };
  const serverTime = Date.parse(answer.headers.get('date') ?? '');
  const localTime = (sentAt + cli.world.now().getTime()) / 2;
  const identity = await orFailure(async () => server.read(IdentityAnswer, answer));
  return { ...facts, identity, clockAheadSeconds: Number.isNaN(serverTime) ? undefined : (localTime - serverTime) / 1_000 };
}

/** Undefined also for a server of before, which does not tell. */
async function tokenDaysLeft(cli: Cli, door: Door): Promise<number | undefined> {
  const answer = await orFailure(() => clientOf(door).ask(OwnTokenAnswer, apiPath('token')));
  const end = answer instanceof Failure ? null : answer.token?.expires_at;
  return end ? (Date.parse(end) - cli.world.now().getTime()) / DAY_MS : undefined;
}

async function projects(door: Door): Promise<Parameters<typeof checkProject>[0]['projects']> {
  const answer = await orFailure(() => clientOf(door).ask(ProjectsAnswer, apiPath('projects')));
  return answer instanceof Failure ? undefined : answer.projects;
}

function agentFacts(cli: Cli): Promise<AgentFacts[]> {
  const machine = machineOf(cli.world);
  return Promise.all(agentsOn(machine, agentWirings).map(async (wiring) => ({
    ...(await readAgentState(cli, wiring)),
    version: await readVersion(machine, wiring.traces(machine).binaries),
    minimumVersion: wiring.minimumVersion,
    alsoIn: await findOtherCapture(filesOf(cli, wiring), machine, cli.world.cwd),
    trust: await trustOf(cli, wiring),
  })));
}

/** Only Codex has its hooks trusted one by one, and only it can be asked. */
async function trustOf(cli: Cli, { agent }: AgentWiring): Promise<AgentFacts['trust']> {
  if (agent !== 'codex') return undefined;
  const program = programPath(machineOf(cli.world), 'codex');
  const hooks = program ? await readCodexHooks(program, cli.world.cwd, isOurCodexHook(cli)).catch((): CodexHook[] => []) : [];
  return hooks.length === 0 ? 'unknown' : { trusted: hooks.filter(isTrusted).length, hooks: hooks.length };
}

async function orFailure<T>(work: () => Promise<T>): Promise<T | Failure> {
  return work().catch(toFailure);
}
