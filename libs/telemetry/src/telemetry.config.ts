import { z } from 'zod';

export const TelemetryConfig = z.object({
  AI_MEMORY_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is logged, as JSON lines on standard error.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('Base URL of an OTLP/HTTP collector; unset: no traces are exported.'),
});
export type TelemetryConfig = z.output<typeof TelemetryConfig>;
