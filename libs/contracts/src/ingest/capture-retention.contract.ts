import { z } from 'zod';
import { event, request } from '../define.js';

/** Days for which what was captured is kept after a session's last event; null: for ever. */
const Days = z.number().int().min(1).max(3_650).nullable();
const Output = z.object({
  /** As it is set for the project, or for the organisation where no project is named. */
  days: Days,
  /** What holds: the shorter of the project's and the organisation's. */
  effectiveDays: Days,
});

/** How long what was captured is kept in a project, or, without one, in all of the organisation. */
export const ReadCaptureRetention = request('ingest.read-capture-retention.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid().optional() }),
  output: Output,
  timeoutMs: 2_000,
});

/** Sets it. What is older goes with the next sweep, but for what a legal hold covers; pages that were made of it stay. */
export const WriteCaptureRetention = request('ingest.write-capture-retention.v1', {
  permission: 'admin:settings',
  input: z.object({ projectId: z.uuid().optional(), days: Days }),
  output: Output,
  isChange: true,
  timeoutMs: 2_000,
});

/** All that was captured in these sessions up to a generation each is gone; copies of its texts are to go too, what was made of them stays. */
export const SessionsExpired = event('ingest.sessions-expired.v1', z.object({
  projectId: z.uuid(), sessions: z.array(z.object({ sessionId: z.uuid(), generation: z.number().int() })).max(100),
}));
