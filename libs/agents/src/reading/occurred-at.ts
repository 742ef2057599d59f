import { first, type Fields } from './fields.js';

/** Clocks differ; an event from further ahead than this has a broken one. */
const AHEAD_MAX_MS = 5 * 60_000;
/** Numbers below this are seconds: as milliseconds they would lie in early 1973. */
const MILLISECONDS_FROM = 100_000_000_000;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * When the event happened, RFC 3339 in UTC: the client's `occurred_at`, else the agent's own `timestamp`, both read at
 * the top of the body only and each only if after 1970 and at most five minutes ahead; else the time of receipt.
 */
export function occurredAt(scopes: readonly Fields[], receivedAt: Date): string {
  const isCredible = (timeMs: number): boolean => timeMs > 0 && timeMs <= receivedAt.getTime() + AHEAD_MAX_MS;
  const top = scopes.slice(0, 1);
  const given = first(top, ['occurred_at'], (value) => credible(fromText(value), isCredible))
    ?? first(top, ['timestamp'], (value) => credible(fromText(value) ?? fromNumber(value), isCredible));
  return (given === undefined ? receivedAt : new Date(given)).toISOString();
}

function credible(timeMs: number | undefined, isCredible: (timeMs: number) => boolean): number | undefined {
  return timeMs !== undefined && isCredible(timeMs) ? timeMs : undefined;
}

function fromText(value: unknown): number | undefined {
  return typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value.toUpperCase()) : undefined;
}

function fromNumber(value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined;
  return Math.abs(value) < MILLISECONDS_FROM ? value * 1_000 : value;
}
