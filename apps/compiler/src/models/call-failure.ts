import { APICallError, NoObjectGeneratedError } from 'ai';
import { Fault } from '#libs/faults';
import { AnswerTooLarge } from '#libs/outgoing';
import { type TokenUsage, usageOf } from './structured-call.js';

/**
 * `later`: worth another attempt. `never`: the same call would fail the same way. `too-long`: a shorter one may not.
 * `unreadable`: the model answered, but not in the shape it was asked for.
 */
export type FailureKind = 'later' | 'never' | 'too-long' | 'unreadable';

export interface CallFailure {
  readonly kind: FailureKind;
  /** For people and records; holds nothing of the prompt or the answer. */
  readonly reason: string;
  /** As the provider asked, at most an hour. */
  readonly retryAfterMs: number | null;
  /** Whether the provider may have done, and charge for, the work. */
  readonly mayBeCharged: boolean;
  /** Of `unreadable`: what the model said, what is wrong with it, and what it took. */
  readonly unread: { readonly answer: string; readonly problem: string; readonly usage: TokenUsage | null } | null;
}

const PROBLEM_CHARS_MAX = 600;
/** Of an answer that the model is asked to mend. */
const ANSWER_CHARS_MAX = 20_000;
const RETRY_AFTER_MAX_MS = 3_600_000;
const TRANSIENT = new Set([408, 409, 425, 429]);
const CONTEXT = /context.{0,20}(length|window|limit)|maximum.{0,20}tokens|too (long|many tokens)|prompt.{0,10}too/i;
/** Nobody was reached, so nobody worked. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_TLS_CERT_ALTNAME_INVALID']);

/** What to make of an error of a call. `nowMs` turns a date in `Retry-After` into a wait. */
export function failureOf(error: unknown, nowMs: number): CallFailure {
  const chain = causesOf(error);
  if (chain.some((each) => each instanceof AnswerTooLarge)) return failure('never', 'the answer did not end', true);
  if (chain.some((each) => each instanceof Fault)) return failure('never', 'the address may not be called', false);
  if (chain.some((each) => nameOf(each) === 'TimeoutError' || nameOf(each) === 'AbortError')) return failure('later', 'no answer in time', true);
  if (NoObjectGeneratedError.isInstance(error)) return unreadable(error);
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 300) return failureOfStatus(error, error.statusCode, nowMs);
  const isUnreached = chain.some((each) => UNREACHED.has(String((each as { code?: unknown }).code)));
  return isUnreached ? failure('later', 'the address cannot be reached', false) : failure('later', 'the connection broke, or the answer was no JSON', true);
}

function failureOfStatus(error: APICallError, status: number, nowMs: number): CallFailure {
  if (status >= 500 || TRANSIENT.has(status)) return { ...failure('later', `HTTP ${status}`, false), retryAfterMs: retryAfterMs(error.responseHeaders?.['retry-after'], nowMs) };
  const isTooLong = status === 413 || (status === 400 && CONTEXT.test(`${error.message} ${error.responseBody ?? ''}`));
  return isTooLong ? failure('too-long', `HTTP ${status}: the prompt is too long`, false) : failure('never', `HTTP ${status}`, false);
}

/** Seconds, or a date; null for anything else. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (!header) return null;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), RETRY_AFTER_MAX_MS);
}

function failure(kind: FailureKind, reason: string, mayBeCharged: boolean): CallFailure {
  return { kind, reason, retryAfterMs: null, mayBeCharged, unread: null };
}

function unreadable(error: NoObjectGeneratedError): CallFailure {
  const reason = error.finishReason === 'content-filter' ? 'the model refused' : 'the answer has not the asked shape';
  const problem = error.cause instanceof Error ? error.cause.message : error.message;
  const unread = { answer: (error.text ?? '').slice(0, ANSWER_CHARS_MAX), problem: problem.slice(0, PROBLEM_CHARS_MAX), usage: usageOf(error.usage) };
  return { ...failure('unreadable', reason, true), unread };
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : '';
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let each = error; each !== undefined && each !== null && causes.length < 8; each = (each as { cause?: unknown }).cause) causes.push(each);
  return causes;
}
