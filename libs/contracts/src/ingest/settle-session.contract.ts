import { z } from 'zod';
import { request } from '../define.js';

/** An app tells how far it has taken a session in, so that ingest can announce again what nobody took. Never goes backwards. */
export const SettleSession = request('ingest.settle-session.v1', {
  permission: 'service',
  input: z.object({ sessionId: z.uuid(), by: z.enum(['compiler', 'search']), generation: z.number().int().nonnegative() }),
  output: z.object({}),
  timeoutMs: 2_000,
});
