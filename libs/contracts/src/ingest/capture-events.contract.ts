import { z } from 'zod';
import { request } from '../define.js';
import { CapturedEvent } from './observation.js';

/** What became of one event; the reference system's words where it has them. */
export const CaptureOutcome = z.enum([
  'stored', 'replayed', 'resumed', 'ignored_end', 'dropped_collision',
  /** The session was purged. Optional for askers of before it. */
  'dropped_policy',
]);
export type CaptureOutcome = z.infer<typeof CaptureOutcome>;

/**
 * Stores events of one session in one transaction, in array order, each at most once. Answered after commit.
 * Where the session exists already, its own project wins over the one given here.
 */
export const CaptureEvents = request('ingest.capture-events.v1', {
  permission: 'ingest:write',
  input: z.object({
    workspaceId: z.uuid(),
    projectId: z.uuid(),
    agent: z.string(),
    nativeSessionId: z.string().min(1).max(256),
    cwd: z.string().max(4096).nullable(),
    events: z.array(CapturedEvent).min(1).max(256),
    /** True to be told what would become of the events, and store none. Optional for askers of before it. */
    isRehearsal: z.boolean().default(false),
  }),
  output: z.object({ sessionId: z.uuid(), projectId: z.uuid(), outcomes: z.array(CaptureOutcome) }),
  isChange: true,
  timeoutMs: 10_000,
});
