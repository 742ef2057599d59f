import type { SpooledEvent } from './event-file.js';

export const BATCH_EVENTS_MAX = 256;
export const BATCH_BYTES_MAX = 8 * 1024 * 1024;

export interface BatchItem {
  url: string;
  body: unknown;
}

/** What a status says about a request of events. */
export type Verdict =
  /** The server has answered for events, one by one. */
  | 'answered'
  /** The same request may work later. */
  | 'later'
  /** It will not, before a person does something: sign in, mend the address. */
  | 'for-a-person'
  /** One of the events is the reason. */
  | 'refused';

const LATER = new Set([408, 425, 429]);
const FOR_A_PERSON = new Set([401, 403, 404, 405, 407, 421, 426, 451]);

/** No events are given up for a status that says nothing about them. 0 is for no answer at all. */
export function verdictOf(status: number): Verdict {
  if (status === 200) return 'answered';
  if (FOR_A_PERSON.has(status)) return 'for-a-person';
  return status >= 400 && status < 500 && !LATER.has(status) ? 'refused' : 'later';
}

/** The item of a batch; undefined for a body that is no JSON. */
export function itemOf({ query, body }: SpooledEvent): BatchItem | undefined {
  try {
    return { url: `/hook?${query}`, body: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

const SESSION_KEYS = ['session_id', 'sessionId', 'conversation_id', 'conversationId'];

/** Each session's events together, in their order: the server stores such a run in one go. */
export function bySession<T extends { item: BatchItem }>(batch: readonly T[]): T[] {
  return [...Map.groupBy(batch, ({ item }) => sessionOf(item)).values()].flat();
}

function sessionOf({ body }: BatchItem): unknown {
  return SESSION_KEYS.map((key) => (body as Record<string, unknown> | null)?.[key]).find(Boolean);
}

/**
 * Which of the events of a batch are settled, by their places, and what the server will not keep, by outcome. None are
 * settled by an answer that is not an ai-memory server's.
 */
export function readBatchAnswer(text: string, events: number): { settled: number[]; dropped: string[] } {
  const { accepted, accepted_indices: indices, results } = answerIn(text);
  const settled = Array.isArray(indices) ? indices.filter((each) => Number.isInteger(each) && each >= 0 && each < events) : upTo(accepted, events);
  const outcomes = Array.isArray(results) ? results.map((result: { outcome?: unknown } | null) => result?.outcome) : [];
  return { settled, dropped: settled.length === 0 ? [] : outcomes.filter(isDropped) };
}

function isDropped(outcome: unknown): outcome is string {
  return typeof outcome === 'string' && /^dropped_[a-z]+$/.test(outcome);
}

function upTo(accepted: unknown, events: number): number[] {
  const count = typeof accepted === 'number' && accepted > 0 ? Math.min(Math.floor(accepted), events) : 0;
  return Array.from({ length: count }, (_, index) => index);
}

function answerIn(text: string): Record<string, unknown> & { accepted_indices?: number[]; results?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
