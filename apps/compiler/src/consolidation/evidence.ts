import { HISTORY_END, HISTORY_START, type Observation } from '#libs/contracts';
import type { Placed } from '../rules/placed.js';

/** Who a text comes from, the most trusted first. `outside`: the web and other people's tools. */
export const SOURCES = ['user', 'agent', 'tool', 'outside'] as const;
export type Source = (typeof SOURCES)[number];

/** One event, as a model is given it and as claims are checked against it. */
export interface Evidence {
  /** Its place in the story, as pages cite it. */
  readonly event: number;
  readonly from: Source;
  /** What the agent did, where the text is what came of it: its own, while the text is not. */
  readonly did: string;
  readonly text: string;
}

/** More of a text is never looked at: with it, what a session is held in memory by is bounded by its events. */
const CHARS_MAX: Readonly<Record<Source, number>> = { user: 8_000, agent: 4_000, tool: 2_000, outside: 2_000 };
const DID_CHARS_MAX = 1_000;
const OUTSIDE = new Set(['web', 'mcp']);

/** Null for events that say nothing of the work. */
export function evidenceOf({ observation, place }: Placed): Evidence | null {
  const said = saidBy(observation);
  if (!said) return null;
  const text = shortened(withoutRecalled(said.text).trim(), CHARS_MAX[said.from]);
  const did = shortened(said.did ?? '', DID_CHARS_MAX);
  return text === '' && did === '' ? null : { event: place, from: said.from, did, text };
}

/** The text with its middle left out. */
export function shortened(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const half = Math.floor(charsMax / 2);
  return `${text.slice(0, half)} […] ${text.slice(-half)}`.replace(/\p{Surrogate}/gu, '');
}

function saidBy({ kind, body, title, tool, isSubagent }: Observation): { from: Source; did?: string; text: string } | null {
  switch (kind) {
    case 'user-prompt':
      return { from: isSubagent ? 'agent' : 'user', text: body };
    case 'pre-tool-use':
      return tool ? { from: 'agent', text: actionOf(tool) } : null;
    case 'post-tool-use':
      return tool ? { from: OUTSIDE.has(tool.family) ? 'outside' : 'tool', did: `${actionOf(tool)} (${tool.outcome ?? 'unknown'})`, text: tool.excerpt ?? '' } : null;
    case 'stop':
    case 'pre-compact':
    case 'post-compaction':
      return { from: 'agent', text: body || title };
    default:
      return null;
  }
}

function actionOf(tool: NonNullable<Observation['tool']>): string {
  const plan = tool.plan?.map((item) => `[${item.status}] ${item.text}`).join('; ');
  return [tool.name, tool.command ?? tool.path, plan].filter(Boolean).join(' ');
}

/** What the agent had from us is no evidence of anything new: memory must not confirm itself. */
function withoutRecalled(text: string): string {
  let rest = text;
  for (let start = rest.indexOf(HISTORY_START); start >= 0; start = rest.indexOf(HISTORY_START)) {
    const end = rest.indexOf(HISTORY_END, start);
    rest = rest.slice(0, start) + (end < 0 ? '' : rest.slice(end + HISTORY_END.length));
  }
  return rest;
}
