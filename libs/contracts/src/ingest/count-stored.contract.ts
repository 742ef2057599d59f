import { z } from 'zod';
import { request } from '../define.js';

/** How many observations an organisation has, and how many bytes of text they hold. */
export const CountStoredObservations = request('ingest.count-stored-observations.v1', {
  input: z.object({}),
  output: z.object({ rows: z.number().int(), bytes: z.number().int() }),
  permission: 'admin:audit',
  timeoutMs: 5_000,
});
