import type { z } from 'zod';

/**
 * A question one app asks another, with exactly one serving app. The subject is `<owner>.<verb-noun>.v<N>`.
 * `timeoutMs` bounds the whole exchange; the asker gets a `timeout` fault after it.
 */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly type: 'request';
  readonly subject: string;
  readonly input: I;
  readonly output: O;
  readonly timeoutMs: number;
  /** Changes something: not for who may only read. */
  readonly isChange: boolean;
}

/** A fact that has been committed. Delivered at least once to every app that hears it; handlers must be idempotent. */
export interface EventContract<P extends z.ZodType = z.ZodType> {
  readonly type: 'event';
  readonly subject: string;
  readonly payload: P;
}

/** What a caller passes (before defaults). */
export type InputOf<C extends RequestContract> = z.input<C['input']>;
/** What a handler receives (after parsing and defaults). */
export type ParsedInputOf<C extends RequestContract> = z.output<C['input']>;
/** What a handler returns and a caller receives. */
export type OutputOf<C extends RequestContract> = z.output<C['output']>;
export type PayloadOf<E extends EventContract> = z.output<E['payload']>;

export function request<I extends z.ZodType, O extends z.ZodType>(
  subject: string,
  shape: { input: I; output: O; timeoutMs: number; isChange?: boolean },
): RequestContract<I, O> {
  return { type: 'request', subject, isChange: false, ...shape };
}

export function event<P extends z.ZodType>(subject: string, payload: P): EventContract<P> {
  return { type: 'event', subject, payload };
}
