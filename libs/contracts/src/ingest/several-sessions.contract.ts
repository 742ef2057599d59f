import { z } from 'zod';
import { request } from '../define.js';
import { Observation } from './observation.js';

/** Sessions that one request is about. */
export const SEVERAL_SESSIONS_MAX = 16;

/**
 * As `PullObservations`, of several sessions, and bounded by bytes together: what has no room left is answered with no observation and a `nextSequence`
 * where it was. A session that is not there has no observations.
 */
export const PullSeveralSessions = request('ingest.pull-several-sessions.v1', {
  permission: 'service',
  input: z.object({
    sessions: z.array(z.object({ sessionId: z.uuid(), afterSequence: z.number().int().nonnegative() })).min(1).max(SEVERAL_SESSIONS_MAX),
    bytesMax: z.number().int().max(512 * 1024).default(256 * 1024),
  }),
  output: z.object({
    /** In the order asked for. */
    sessions: z.array(z.object({
      sessionId: z.uuid(),
      observations: z.array(Observation),
      nextSequence: z.number().int().nullable(),
      /** Whose they are. Absent where there is no such session. */
      session: z.object({ agent: z.string(), ownerName: z.string() }).optional(),
    })),
  }),
  timeoutMs: 5_000,
});

/** As `SettleSession`, of several sessions. */
export const SettleSeveralSessions = request('ingest.settle-several-sessions.v1', {
  permission: 'service',
  input: z.object({
    by: z.enum(['compiler', 'search']),
    sessions: z.array(z.object({ sessionId: z.uuid(), generation: z.number().int().nonnegative() })).min(1).max(SEVERAL_SESSIONS_MAX),
  }),
  output: z.object({}),
  timeoutMs: 2_000,
});
