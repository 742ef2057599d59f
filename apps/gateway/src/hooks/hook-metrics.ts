import { counter } from '#libs/telemetry';

const accepted = counter('hook_events_accepted_total', 'Events stored, by kind.');
const duplicate = counter('hook_events_duplicate_total', 'Events that were here already, by reason.');
const dropped = counter('hook_events_dropped_total', 'Events that are not kept, by reason.');
const failed = counter('hook_events_failed_total', 'Events that could not be stored and should be sent again, by reason.');

/** What became of an event, as the wire tells it. */
export type HookOutcome =
  | 'stored' | 'replayed' | 'resumed' | 'ignored_end' | 'dropped_policy' | 'dropped_subagent' | 'dropped_unauthorized' | 'dropped_collision' | 'dropped_invalid';

export function countOutcome(outcome: HookOutcome, kind: string, reason: string = outcome): void {
  if (outcome === 'stored' || outcome === 'resumed') accepted.add(1, { kind });
  else if (outcome === 'replayed' || outcome === 'ignored_end') duplicate.add(1, { reason: outcome });
  else dropped.add(1, { reason });
}

export function countFailure(code: string): void {
  failed.add(1, { reason: code });
}
