import { Command } from 'commander';
import { agentWirings } from '#libs/agents';
import { type Cli, projectPath, type Run } from '../cli.js';
import { ProjectStatusAnswer } from '../client/answers.js';
import { EXIT, Failure, toFailure } from '../client/failure.js';
import { callerName, readIdentity } from '../client/identity.js';
import { ageOf } from '../output/age.js';
import { counted } from '../output/counted.js';
import { readSpoolState } from '../spool/spool-state.js';
import { type AgentState, type PurposeState, readAgentState } from '../wiring/agent-state.js';
import { agentsOn, machineOf } from '../wiring/this-machine.js';

const STATE_WORDS: Readonly<Record<PurposeState, string>> = { current: 'yes', outdated: 'outdated', no: 'no', none: '–', unreadable: 'unreadable' };

type Answered<T> = { answer: T } | { failure: Failure };

export function statusCommand(run: Run): Command {
  return new Command('status')
    .description("Tells in short how things stand: server, this folder's project, spool, agents.")
    .action(run(async (cli) => {
      const facts = await gather(cli);
      cli.out.answer(asJson(facts), () => describe(cli, facts));
      const failed = [facts.identity, facts.project].find((each) => each && 'failure' in each && each.failure.exitCode !== EXIT.notFound);
      if (failed && 'failure' in failed) throw failed.failure;
    }));
}

type Facts = Awaited<ReturnType<typeof gather>>;

async function gather(cli: Cli) {
  const agents: AgentState[] = [];
  for (const wiring of agentsOn(machineOf(cli.world), agentWirings)) agents.push(await readAgentState(cli, wiring));
  const identity = await settled(() => readIdentity(cli.server()));
  const project = 'answer' in identity ? await settled(async () => cli.server().ask(ProjectStatusAnswer, projectPath(await cli.readScope(), 'status'))) : undefined;
  return { server_url: cli.connection().serverUrl, identity, project, spool: readSpoolState(cli.serverHome.path), agents };
}

async function settled<T>(work: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { answer: await work() };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

function asJson({ server_url: serverUrl, identity, project, spool, agents }: Facts): object {
  const said = <T extends object>(each: Answered<T>): object => ('answer' in each ? each.answer : { error: each.failure.sentence });
  return { server: { url: serverUrl, ...said(identity) }, project: project ? said(project) : null, spool, agents };
}

function describe(cli: Cli, facts: Facts): string {
  const { agents } = facts;
  const lines = [['server', serverLine(facts)], ...projectLines(facts), ['spool', spoolLine(facts, cli.world.now())]];
  const wired = agents.map(({ label, agent, capture, mcp }) => [label, agent, STATE_WORDS[capture], STATE_WORDS[mcp]]);
  const table = wired.length > 0 ? cli.out.table(['AGENT', 'NAME', 'HOOKS', 'MCP'], wired) : 'No agent that can be wired was found on this machine.';
  return [...lines.map(([name = '', text]) => `${cli.out.style.dim(name.padEnd(8))} ${text}`), '', table].join('\n');
}

function serverLine({ server_url: serverUrl, identity }: Facts): string {
  return 'answer' in identity ? `${serverUrl} (${identity.answer.version}), ${callerName(identity.answer)}` : identity.failure.sentence;
}

function projectLines({ project }: Facts): string[][] {
  if (!project) return [];
  if ('failure' in project) return [['project', project.failure.sentence]];
  const { scope, sessions, observations, pages, open_handoffs: handoffs } = project.answer;
  const events = `${counted(observations.total, 'event')} (${observations.last_7_days} in 7 days)`;
  const rest = `${counted(pages.total, 'page')}, ${counted(handoffs, 'open handoff')}`;
  return [['project', `${scope.workspace}/${scope.project}: ${counted(sessions.total, 'session')} (${sessions.open} open), ${events}, ${rest}`]];
}

function spoolLine({ spool: { events, oldestAt } }: Facts, now: Date): string {
  return `${events} waiting${oldestAt ? `, the oldest for ${ageOf(oldestAt.toISOString(), now)}` : ''}`;
}
