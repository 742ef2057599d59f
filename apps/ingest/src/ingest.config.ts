import { z } from 'zod';

export const IngestConfig = z.object({
  AI_MEMORY_SESSION_IDLE_MINUTES: z.coerce.number().positive().max(10_080).default(30).describe('A session ends by itself after so many minutes without an event.'),
});

/** Injection token of the parsed section. */
export const INGEST_CONFIG = Symbol('IngestConfig');
export type IngestConfig = z.output<typeof IngestConfig>;
