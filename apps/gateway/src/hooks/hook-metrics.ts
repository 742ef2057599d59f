import { counter, timer } from '#libs/telemetry';

const accepted = counter('hook_events_accepted_total');
const duplicate = counter('hook_events_duplicate_total');
const dropped = counter('hook_events_dropped_total');
const failed = counter('hook_events_failed_total');

const age = timer('hook_event_age_seconds');

/** What became of an event, as the wire tells it. */
export type HookOutcome =
  | 'stored' | 'replayed' | 'resumed' | 'ignored_end' | 'dropped_policy' | 'dropped_subagent' | 'dropped_unauthorized' | 'dropped_collision' | 'dropped_invalid';

export function countOutcome(outcome: HookOutcome, kind: string, reason: string = outcome): void {
  if (outcome === 'stored' || outcome === 'resumed') accepted.add(1, { kind });
  else if (outcome === 'replayed' || outcome === 'ignored_end') duplicate.add(1, { reason: outcome });
  else dropped.add(1, { reason });
}

/** How long ago its client says that it happened; nothing for what was imported, which is old by its nature. */
export function measureAge({ occurredAt, isImported }: { occurredAt: string; isImported?: boolean }): void {
  if (!isImported) age.record(Math.max(0, Date.now() - Date.parse(occurredAt)) / 1_000);
}

export function countFailure(code: string): void {
  failed.add(1, { reason: code });
}
