import { type AgentWiring, agentWirings, type WiredFile, type WiringPurpose, type WiringSettings } from '#libs/agents';
import type { Cli } from '../cli.js';
import { EXIT, Failure } from '../client/failure.js';
import { isLoopbackUrl } from '../client/server-url.js';
import { applyChanges, readText } from '../files/file-changes.js';
import { unifiedDiff } from '../files/unified-diff.js';
import { trustEntries } from './codex-trust-entries.js';
import { installHook } from './installed-hook.js';
import { forgetModes, keepModes, withKeptMode } from './kept-modes.js';
import { machineOf } from './this-machine.js';
import { markWired } from './wired-marks.js';
import { planInstall, planRemoval, type Refusal, type Removable, type WiringPlan } from './wiring-plan.js';

/** What became, or would become, of one agent's files. */
export interface Outcome {
  agent: string;
  label: string;
  is_applied: boolean;
  changes: { path: string; change: 'made' | 'changed' | 'removed'; diff: string }[];
  refusals: Refusal[];
  /** The folder with the files as they were. */
  backup: string | null;
}

export interface InstallOptions {
  isApplied: boolean;
  /** The agent reads the token from this environment variable, where it can; else it gets the token itself. */
  tokenVariable?: string | undefined;
}

/** How an agent runs our hooks, one way or the other. */
export const CAPTURING: readonly WiringPurpose[] = ['hooks', 'plugin'];

/** For people to choose from. */
export const AGENT_NAMES = agentWirings.map(({ agent }) => agent);

/** Of one of these names. */
export function wiringNamed(agent: string): AgentWiring {
  return agentWirings.find((each) => each.agent === agent)!;
}

export function filesOf(cli: Cli, wiring: AgentWiring, purposes?: readonly WiringPurpose[]): WiredFile[] {
  return wiring.files(machineOf(cli.world)).filter(({ purpose }) => !purposes || purposes.includes(purpose));
}

/** Puts what serves the purposes into an agent's files; without `isApplied` only tells what would be done. */
export async function install(cli: Cli, wiring: AgentWiring, purposes: readonly WiringPurpose[], { isApplied, tokenVariable }: InstallOptions): Promise<Outcome> {
  const files = filesOf(cli, wiring, purposes);
  if (files.length === 0) throw new Failure(`${wiring.label} takes none of this. ${wiring.limits.join(' ')}`.trim());
  const plan = await planInstall(files, wiringSettings(cli, wiring, purposes, tokenVariable));
  const isCapturing = files.some(({ path, purpose }) => CAPTURING.includes(purpose) && !plan.refusals.some((refusal) => refusal.path === path));
  if (isApplied && isCapturing) await installHook(cli.home, cli.agentConnection().serverUrl);
  if (isApplied) await keepModes(cli.home, plan.changes);
  const outcome = await carryOut(cli, wiring, plan, isApplied);
  if (isApplied && isCapturing) await markWired(cli.home, wiring.agent, true);
  return outcome;
}

/** Takes out what was put into an agent's files: they are then as they were. The hook itself stays, because running agents still call it. */
export async function uninstall(cli: Cli, wiring: AgentWiring, isApplied: boolean): Promise<Outcome> {
  const files = filesOf(cli, wiring);
  const { changes, refusals } = await planRemoval([...(await trustOf(wiring, files)), ...files]);
  const outcome = await carryOut(cli, wiring, { changes: changes.map((change) => withKeptMode(cli.home, change)), refusals }, isApplied);
  if (!isApplied) return outcome;
  await forgetModes(cli.home, changes);
  await markWired(cli.home, wiring.agent, false);
  return outcome;
}

async function trustOf({ agent }: AgentWiring, files: readonly WiredFile[]): Promise<Removable[]> {
  if (agent !== 'codex') return [];
  const [config, hooks] = ['mcp', 'hooks'].map((purpose) => files.find((file) => file.purpose === purpose)!.path) as [string, string];
  return [trustEntries(config, hooks, await readText(hooks).catch(() => null))];
}

export function wiringSettings(cli: Cli, wiring: AgentWiring, purposes: readonly WiringPurpose[], tokenVariable?: string): WiringSettings {
  const { serverUrl, token } = cli.agentConnection();
  if (purposes.includes('mcp') && token === undefined && !isLoopbackUrl(serverUrl)) throw new Failure(`There is no token for ${serverUrl}. Run: ai-memory login`, EXIT.unauthenticated);
  const asVariable = tokenVariable !== undefined && wiring.mayReadVariable;
  return {
    serverUrl,
    token: asVariable ? { variable: tokenVariable } : token === undefined ? null : { literal: token },
    clientHome: cli.home.path,
    bridgeCommand: [...cli.world.self, 'mcp-bridge'],
  };
}

async function carryOut(cli: Cli, { agent, label }: AgentWiring, { changes, refusals }: WiringPlan, isApplied: boolean): Promise<Outcome> {
  const secrets = [cli.agentConnection().token ?? ''];
  const diffs = changes.map(({ path, before, after }) => ({ path, change: kindOf(before, after), diff: unifiedDiff(path, before, after, secrets) }));
  const applied = isApplied ? await applyChanges(changes, cli.home.backupsPath, cli.world.now()) : undefined;
  return { agent, label, is_applied: isApplied, changes: diffs, refusals, backup: applied?.backup ?? null };
}

function kindOf(before: string | null, after: string | null): Outcome['changes'][number]['change'] {
  if (before === null) return 'made';
  return after === null ? 'removed' : 'changed';
}
