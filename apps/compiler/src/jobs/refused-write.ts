import { Fault, type FaultKind } from '#libs/faults';
import { logger } from '#libs/telemetry';

const REJECTED = 'webhook.rejected';

/** For the `catch` of a write: what a webhook of the organisation refuses is decided, and not to be tried again; everything else is thrown. */
export function passOverRefused(error: unknown): void {
  if (!(error instanceof Fault && error.code === REJECTED)) throw error;
  logger.info('A webhook refused pages that were compiled');
}

const OUTAGES = new Set<FaultKind>(['unavailable', 'timeout', 'limited']);

/** Somebody who was asked is not there, or a webhook that has to decide does not, for however long: that is no fault of the session, which would be given up for it. */
export function isOutage(error: unknown): boolean {
  return error instanceof Fault && OUTAGES.has(error.kind);
}
