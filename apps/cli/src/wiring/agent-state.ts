import type { AgentWiring, WiredFile, WiringPurpose, WiringState } from '#libs/agents';
import type { Cli } from '../cli.js';
import { readText } from '../files/file-changes.js';
import { CAPTURING, filesOf, wiringSettings } from './installation.js';

/** `none` for an agent that can't be wired for it, `unreadable` where a file of it can't be read as text. */
export type PurposeState = WiringState | 'none' | 'unreadable';

/** How an agent's files stand to what we would write. */
export interface AgentState {
  agent: string;
  label: string;
  capture: PurposeState;
  mcp: PurposeState;
}

export async function readAgentState(cli: Cli, wiring: AgentWiring): Promise<AgentState> {
  const { agent, label } = wiring;
  return { agent, label, capture: await stateFor(cli, wiring, CAPTURING), mcp: await stateFor(cli, wiring, ['mcp']) };
}

/** The state of several files together: what is there only in part is outdated. */
export async function stateFor(cli: Cli, wiring: AgentWiring, purposes: readonly WiringPurpose[]): Promise<PurposeState> {
  const files = filesOf(cli, wiring, purposes);
  if (files.length === 0) return 'none';
  // What belongs to no token is outdated, not a reason to say nothing at all.
  const settings = wiringSettings(cli, wiring, []);
  const states = await Promise.all(files.map((file: WiredFile) => readText(file.path).then((text) => file.stateOf(text, settings), () => 'unreadable' as const)));
  const kinds = new Set(states);
  if (kinds.has('unreadable')) return 'unreadable';
  return kinds.size === 1 ? states[0]! : 'outdated';
}
