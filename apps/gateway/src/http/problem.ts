import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { Fault, type FaultKind, FAULT_STATUS, toFault } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { BODY_TOO_LARGE, BODY_UNREADABLE, JSON_INVALID, REQUEST_INVALID, ROUTE_UNKNOWN, URL_INVALID } from './http.faults.js';

/** An error answer, RFC 9457. `code` is for programs, `detail` for people, `trace_id` for whoever runs the server. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  trace_id: z.string().optional(),
}).meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;

export const PROBLEM_TYPE = 'application/problem+json';

export const PROBLEM_TITLE: Readonly<Record<FaultKind, string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Authentication is needed',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  conflict: 'In conflict with the current state',
  'too-large': 'Too large',
  limited: 'Too many requests',
  internal: 'Internal error',
  unavailable: 'Not available right now',
  timeout: 'Took too long',
};

/** What the caller is told of a fault: nothing but its code and its sentence. */
export function problemOf(fault: Fault, traceId: string | undefined): { status: number; headers: Record<string, string>; problem: Problem } {
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  if (fault.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  const isForLater = fault.kind === 'limited' || fault.kind === 'unavailable';
  const retryAfterSeconds = fault.retryAfterSeconds ?? (isForLater ? 1 : undefined);
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterSeconds));
  const problem = { type: `urn:ai-memory:problem:${fault.code}`, title: PROBLEM_TITLE[fault.kind], status: FAULT_STATUS[fault.kind], code: fault.code, detail: fault.sentence };
  return { status: problem.status, headers, problem: traceId ? { ...problem, trace_id: traceId } : problem };
}

/** Only what is ours to mend is an error; what callers do wrong would drown it. */
export function logRequestFault(fault: Fault): void {
  if (fault.kind === 'internal') logger.error({ err: fault, code: fault.code }, 'A request failed');
  else if (fault.kind === 'unavailable' || fault.kind === 'timeout') logger.warn({ code: fault.code, detail: fault.detail }, 'A request could not be served');
  else logger.debug({ code: fault.code }, 'A request was refused');
}

/** Names what Express, its body parsers and Nest throw in our own words; anything else unknown is `internal`. */
export function requestFaultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return bodyFaultOf(error) ?? bodyFaultOf((error as Error | undefined)?.cause) ?? exceptionFaultOf(error) ?? toFault(error);
}

interface BodyError extends Error {
  type: string;
  limit?: number;
}

function bodyFaultOf(error: unknown): Fault | undefined {
  if (error instanceof URIError && 'status' in error) return new Fault(URL_INVALID, { cause: error });
  if (!isBodyError(error)) return undefined;
  if (error.type === 'entity.parse.failed') return new Fault(JSON_INVALID);
  if (error.type !== 'entity.too.large') return new Fault(BODY_UNREADABLE, { detail: error.type });
  return new Fault(BODY_TOO_LARGE, error.limit ? { sentence: `The body is too large: at most ${sizeOf(error.limit)}.` } : {});
}

/** Body parsers throw http-errors with a `type`; those of the caller's making have a status below 500. */
function isBodyError(error: unknown): error is BodyError {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' && 'status' in error && Number(error.status) < 500;
}

function exceptionFaultOf(error: unknown): Fault | undefined {
  if (!(error instanceof HttpException)) return undefined;
  const status = error.getStatus();
  if (status === 404) return new Fault(ROUTE_UNKNOWN);
  return status < 500 ? new Fault(REQUEST_INVALID, { detail: error.message }) : undefined;
}

function sizeOf(bytes: number): string {
  const mebibytes = bytes / 1_048_576;
  return mebibytes >= 1 ? `${Math.floor(mebibytes)} MiB` : `${Math.floor(bytes / 1_024)} KiB`;
}
