import type { ObservationKind } from '#libs/contracts';
import { first, type Fields } from './fields.js';
import { asId } from './text.js';

/** Ids and times of one happening: no second event of a session has the same. */
const OWN = ['tool_use_id', 'tool_call_id', 'call_id', 'event_id', 'step_idx', 'timestamp', 'occurred_at'];
/** Ids of a turn, a message or a model call: two calls of one tool with the same arguments share them. */
const OF_TURN = ['message_id', 'prompt_id', 'turn_id', 'generation_id', 'run_id', 'execution_num', 'initial_num_steps'];

const SHARES_TURN: ReadonlySet<ObservationKind> = new Set(['pre-tool-use', 'post-tool-use', 'session-start', 'session-end']);

/**
 * True if two identical bodies of this kind can only be one event that was sent twice. A turn's id does not prove that
 * for tool calls, nor for a session's start and end: a resumed session may end again without a turn in between.
 */
export function hasOccurrenceId(kind: ObservationKind, scopes: readonly Fields[]): boolean {
  const names = SHARES_TURN.has(kind) ? OWN : [...OWN, ...OF_TURN];
  return first(scopes, names, asId) !== undefined;
}
