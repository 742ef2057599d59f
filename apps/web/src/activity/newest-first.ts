import type { Schema } from 'ai-memory-api-client';

export type Happening = Schema<'Happening'>;

/** More would only be scrolled past. */
export const SHOWN_MAX = 200;

/** Both together, each once, the newest first. What happened at the same time stays in the order of a session. */
export function newestFirst(some: readonly Happening[], others: readonly Happening[]): Happening[] {
  const byId = new Map([...some, ...others].map((each) => [each.id, each]));
  return [...byId.values()].sort((a, b) => b.at.localeCompare(a.at) || sequenceOf(b) - sequenceOf(a)).slice(0, SHOWN_MAX);
}

function sequenceOf(happening: Happening): number {
  return happening.type === 'event' ? happening.sequence : 0;
}
