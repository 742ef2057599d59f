import type { Schema } from 'ai-memory-api-client';
import type { IconName } from '../ui/icon.js';
import type { Filter } from './session-address.js';

export type Observation = Schema<'Observation'>;

const OF_FILES = new Set(['read', 'edit', 'write']);

export function isError({ tool, source_event: source }: Observation): boolean {
  return tool?.outcome === 'error' || /fail|error/i.test(source);
}

const TESTS: Readonly<Record<Filter, (event: Observation) => boolean>> = {
  all: () => true,
  prompts: ({ kind }) => kind === 'user-prompt',
  tools: ({ tool }) => tool !== undefined,
  files: ({ tool }) => tool !== undefined && (OF_FILES.has(tool.family) || tool.path !== undefined),
  errors: isError,
  agents: ({ subagent, tool }) => subagent || tool?.family === 'agent',
};

export interface TimelineRow {
  event: Observation;
  /** Its place among all events of the session. */
  index: number;
}

/** Events of one kind that hold what is looked for, in their order. What a tool was asked is left out where its answer follows: the answer names both. */
export function rowsOf(events: readonly Observation[], filter: Filter, wanted: string): TimelineRow[] {
  const answered = new Set(events.filter(({ kind }) => kind === 'post-tool-use').map(({ tool }) => tool?.call_id).filter(Boolean));
  const text = wanted.toLowerCase();
  return events.map((event, index) => ({ event, index })).filter(({ event }) =>
    !(event.kind === 'pre-tool-use' && event.tool?.call_id && answered.has(event.tool.call_id)) && TESTS[filter](event) && (text === '' || `${event.title}\n${event.body}\n${event.tool?.path ?? ''}\n${event.tool?.command ?? ''}`.toLowerCase().includes(text)));
}

/** Of the rows, which one an address means; where what it means is not shown for itself, the next one that is. */
export function targetOf(rows: readonly TimelineRow[], { event: sequence, nth }: { event?: number; nth?: number }): number | undefined {
  const row = nth !== undefined ? rows.find(({ index }) => index >= nth - 1) : sequence !== undefined ? rows.find(({ event }) => event.sequence === sequence) : undefined;
  return row?.index;
}

export function iconOf(event: Observation): IconName {
  if (isError(event)) return 'warning';
  if (event.kind === 'user-prompt') return 'people';
  if (event.tool) return OF_FILES.has(event.tool.family) ? 'page' : event.tool.family === 'agent' ? 'graph' : event.tool.family === 'search' ? 'search' : 'tool';
  if (event.kind === 'pre-compact' || event.kind === 'post-compaction') return 'handoff';
  return event.kind === 'session-start' || event.kind === 'session-end' ? 'clock' : 'spark';
}
