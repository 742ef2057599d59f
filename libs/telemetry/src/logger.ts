import { pino, type Logger as PinoLogger } from 'pino';
import type { LoggerService } from '@nestjs/common';
import { currentTraceId } from './tracing.js';

export type Logger = PinoLogger;

/**
 * The process's one logger: JSON lines on standard error. The message is a constant sentence, facts are fields; no payload
 * bodies and no credentials. Lines carry the trace id of the running span.
 */
export const logger: Logger = pino(
  {
    level: 'info',
    base: null,
    mixin: () => {
      const traceId = currentTraceId();
      return traceId ? { traceId } : {};
    },
    redact: { paths: ['req.headers.authorization', 'headers.authorization', '*.token', '*.password'], censor: '[REDACTED]' },
  },
  pino.destination({ dest: 2, sync: true }),
);

export function setLogLevel(level: string): void {
  logger.level = level;
}

/** Lets Nest's own messages go the same way, one level lower: they are about wiring. */
export const nestLogger: LoggerService = {
  log: (message: unknown) => logger.debug({ nest: true }, String(message)),
  debug: (message: unknown) => logger.trace({ nest: true }, String(message)),
  verbose: (message: unknown) => logger.trace({ nest: true }, String(message)),
  warn: (message: unknown) => logger.warn({ nest: true }, String(message)),
  error: (message: unknown, ...more: unknown[]) => logger.error({ nest: true, more }, String(message)),
  fatal: (message: unknown, ...more: unknown[]) => logger.fatal({ nest: true, more }, String(message)),
};
