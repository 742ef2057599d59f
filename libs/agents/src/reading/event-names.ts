import type { ObservationKind } from '#libs/contracts';
import { PROFILES } from '../registry.js';
import { fold } from './fields.js';

/** The wire's own names, which most agents use in one spelling or another. */
const COMMON_EVENTS: Partial<Record<ObservationKind, readonly string[]>> = {
  'session-start': ['session-start'],
  'user-prompt': ['user-prompt', 'user-prompt-submit'],
  'pre-tool-use': ['pre-tool-use', 'before-tool'],
  'post-tool-use': ['post-tool-use', 'post-tool-use-failure', 'after-tool'],
  'pre-compact': ['pre-compact'],
  'post-compaction': ['post-compaction', 'post-compact'],
  notification: ['notification', 'stop-failure'],
  stop: ['stop'],
  'session-end': ['session-end'],
};

const KINDS: ReadonlyMap<string, ObservationKind> = new Map(
  [COMMON_EVENTS, ...PROFILES.map((profile) => profile.events ?? {})].flatMap((events) =>
    Object.entries(events).flatMap(([kind, names]) => names.map((name) => [foldEvent(name), kind as ObservationKind] as const)),
  ),
);

/** An event's name in the form in which names are compared; OpenCode's bus events come with `event:` before them. */
export function foldEvent(name: string): string {
  return fold(name.replace(/^event[:.]/, ''));
}

/** What an event of this name is stored as. Takes the names of every known agent in any spelling; unknown is `other`. */
export function toObservationKind(eventName: string): ObservationKind {
  return KINDS.get(foldEvent(eventName)) ?? 'other';
}

/** True for events that say that a tool call failed by their name alone. */
export function isFailureEvent(eventName: string): boolean {
  return foldEvent(eventName) === 'posttoolusefailure';
}

/** True for events about an agent that another agent started. */
export function isSubagentEvent(eventName: string): boolean {
  return foldEvent(eventName).startsWith('subagent');
}
