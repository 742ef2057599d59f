import type { ObservationKind } from '#libs/contracts';
import { toObservationKind } from '../reading/event-names.js';
import { agentWirings } from './agent-wirings.js';
import { handoffEvent } from './hook-output.js';
import type { AgentWiring, WiringPurpose } from './wiring.js';

export interface SupportRow {
  readonly agent: string;
  readonly label: string;
  readonly mcp: boolean;
  /** How it reports events. */
  readonly capture: 'hooks' | 'plugin' | 'none';
  /** The event at which it is handed what the last session left. Null if it has to ask. */
  readonly handoff: string | null;
  /** What it reports. */
  readonly kinds: ReadonlySet<ObservationKind>;
  readonly instructions: boolean;
  readonly minimumVersion: string | undefined;
  readonly limits: readonly string[];
}

/** What works with which agent, as far as the wirings say. */
export function supportMatrix(): readonly SupportRow[] {
  return agentWirings.map(rowOf);
}

function rowOf(wiring: AgentWiring): SupportRow {
  // No path is shown, so that any machine will do.
  const purposes = new Set<WiringPurpose>(wiring.files({ platform: 'linux', home: '/', variables: {} }).map(({ purpose }) => purpose));
  return {
    agent: wiring.agent,
    label: wiring.label,
    mcp: purposes.has('mcp'),
    capture: purposes.has('hooks') ? 'hooks' : purposes.has('plugin') ? 'plugin' : 'none',
    handoff: handoffEvent(wiring.agent),
    kinds: new Set(wiring.events.map(toObservationKind)),
    instructions: purposes.has('instructions'),
    minimumVersion: wiring.minimumVersion,
    limits: wiring.limits,
  };
}

const KIND_COLUMNS: readonly (readonly [string, ObservationKind])[] = [
  ['Prompts', 'user-prompt'], ['Tools', 'post-tool-use'], ['Turn ends', 'stop'], ['Session end', 'session-end'], ['Compaction', 'post-compaction'],
];

/** The matrix as a table in Markdown, each agent called as `nameOf` says. */
export function supportTable(nameOf: (row: SupportRow) => string): string {
  const columns = ['Agent', 'From version', 'MCP', 'Capture by', 'Handoff at', ...KIND_COLUMNS.map(([name]) => name), 'Instructions'];
  return [columns, columns.map(() => '---'), ...supportMatrix().map((row) => [nameOf(row), ...cellsOf(row)])].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(row: SupportRow): string[] {
  const kinds = KIND_COLUMNS.map(([, kind]) => mark(row.kinds.has(kind)));
  return [row.minimumVersion ?? '–', mark(row.mcp), row.capture === 'none' ? '–' : row.capture, row.handoff ? `\`${row.handoff}\`` : '–', ...kinds, mark(row.instructions)];
}

function mark(isThere: boolean): string {
  return isThere ? '✓' : '–';
}
