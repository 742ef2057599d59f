import { Fault } from '#libs/faults';
import { logger } from '#libs/telemetry';

const REJECTED = 'webhook.rejected';

/** For the `catch` of a write: what a webhook of the organisation refuses is decided, and not to be tried again; everything else is thrown. */
export function passOverRefused(error: unknown): void {
  if (!(error instanceof Fault && error.code === REJECTED)) throw error;
  logger.info('A webhook refused pages that were compiled');
}
