import { defineFault, Fault, type FaultKind } from './fault.js';

/** Faults that several apps raise; an app's own are declared beside the code that throws them. */
export const INTERNAL = defineFault('internal', 'internal', 'Something went wrong on our side. Try again; if it stays, report the trace id.');
export const NOT_FOUND = defineFault('not-found', 'not-found', 'There is nothing here that you may see.');
/** To callers what is absent; to an event, that there is nothing left to do. */
export const ERASED = defineFault('erased', 'not-found', NOT_FOUND.sentence);
export const TIMED_OUT = defineFault('timeout', 'timeout', 'The answer took too long. Try again.');
export const UNAVAILABLE = defineFault('unavailable', 'unavailable', 'The service is not reachable right now. Try again shortly.');
export const READ_ONLY = defineFault('auth.read-only', 'forbidden', 'This token may only read. Use another one to change something.');
export const INVALID_INPUT = defineFault('input.invalid', 'invalid', 'The input does not have the expected shape.');

/** Wraps anything that is not a Fault as `internal`, so that callers never see its message. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(INTERNAL, { cause: error, detail: error instanceof Error ? error.message : String(error) });
}

const OUTAGES = new Set<FaultKind>(['unavailable', 'timeout', 'limited']);

/** Somebody who was asked is not there, has too much to do, or does not answer in time: the same may go well later. */
export function isOutage(error: unknown): boolean {
  return error instanceof Fault && OUTAGES.has(error.kind);
}
