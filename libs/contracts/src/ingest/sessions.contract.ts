import { z } from 'zod';
import { event, request } from '../define.js';
import { Observation, ObservationKind, Session } from './observation.js';

/** The caller's own session by the agent's name for it, or null. */
export const FindSession = request('ingest.find-session.v1', {
  permission: 'self',
  input: z.object({ agent: z.string(), nativeSessionId: z.string() }),
  output: z.object({ session: Session.nullable() }),
  timeoutMs: 2_000,
});

/** Fails with `not-found` where the session does not exist in this organisation. */
export const ReadSession = request('ingest.read-session.v1', {
  permission: 'memory:read',
  input: z.object({ sessionId: z.uuid() }),
  output: z.object({ session: Session }),
  timeoutMs: 2_000,
});

/** Newest first by start. `ownerId` narrows to one person's sessions. */
export const ListSessions = request('ingest.list-sessions.v1', {
  permission: 'memory:read',
  input: z.object({
    projectId: z.uuid(),
    state: z.enum(['open', 'ended', 'all']).default('all'),
    ownerId: z.uuid().optional(),
    limit: z.number().int().min(1).max(100).default(50),
    offset: z.number().int().min(0).max(100_000).default(0),
  }),
  output: z.object({ sessions: z.array(Session), total: z.number().int() }),
  timeoutMs: 2_000,
});

/** How a page of observations is chosen for a person or an agent who reads a session. */
export const ReadObservations = request('ingest.read-observations.v1', {
  permission: 'memory:read',
  input: z.object({
    sessionId: z.uuid(),
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).default(0),
    order: z.enum(['asc', 'desc']).default('asc'),
    kinds: z.array(ObservationKind).optional(),
    /** Keeps observations that contain this text, ignoring case. */
    query: z.string().min(1).max(512).optional(),
    bodyCharsMax: z.number().int().min(200).max(16_384).default(4_000),
  }),
  output: z.object({ session: Session, observations: z.array(Observation), total: z.number().int() }),
  timeoutMs: 5_000,
});

/**
 * The next observations of a session in order of commit, for apps that derive something from all of them.
 * Bounded by bytes, so that any session can be read in steps; `nextSequence` is null at the end.
 */
export const PullObservations = request('ingest.pull-observations.v1', {
  permission: 'service',
  input: z.object({
    sessionId: z.uuid(),
    afterSequence: z.number().int().nonnegative(),
    bytesMax: z.number().int().max(512 * 1024).default(256 * 1024),
  }),
  output: z.object({
    observations: z.array(Observation),
    nextSequence: z.number().int().nullable(),
    /** Whose they are. Absent where there is no such session; optional for servers of before it. */
    session: z.object({ agent: z.string(), ownerName: z.string() }).optional(),
  }),
  timeoutMs: 5_000,
});

/** Sessions that one answer to `PullSessions` may have. */
export const PULLED_SESSIONS_MAX = 500;

/** All sessions of a project by rising id, for apps that derive something from all of them. `nextSessionId` is null at the end. */
export const PullSessions = request('ingest.pull-sessions.v1', {
  permission: 'service',
  input: z.object({ projectId: z.uuid(), afterSessionId: z.uuid().nullable() }),
  output: z.object({ sessions: z.array(z.object({ sessionId: z.uuid(), generation: z.number().int() })).max(PULLED_SESSIONS_MAX), nextSessionId: z.uuid().nullable() }),
  timeoutMs: 5_000,
});

/**
 * A session's story in order of time, as it stood at `generation`: what came later does not shift the pages of it.
 * Bounded by bytes; `nextOffset` is null at the end.
 */
export const ReadTimeline = request('ingest.read-timeline.v1', {
  permission: 'service',
  input: z.object({
    sessionId: z.uuid(),
    generation: z.number().int().nonnegative(),
    offset: z.number().int().nonnegative(),
    bytesMax: z.number().int().max(512 * 1024).default(256 * 1024),
  }),
  output: z.object({ observations: z.array(Observation), nextOffset: z.number().int().nullable() }),
  timeoutMs: 5_000,
});

/** Ends a session as its end event would. No effect on one that has ended with nothing new since. */
export const FinalizeSession = request('ingest.finalize-session.v1', {
  permission: 'memory:write',
  input: z.object({ sessionId: z.uuid() }),
  output: z.object({ session: Session }),
  isChange: true,
  timeoutMs: 5_000,
});

export const CountCaptured = request('ingest.count-captured.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({
    sessions: z.number().int(),
    openSessions: z.number().int(),
    observations: z.number().int(),
    observationsLast7Days: z.number().int(),
    observationsLast30Days: z.number().int(),
    lastObservationAt: z.iso.datetime().nullable(),
  }),
  timeoutMs: 2_000,
});

/** How much was captured on each day (UTC) that had something, the oldest first. */
export const CountDays = request('ingest.count-days.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), days: z.number().int().min(1).max(400) }),
  output: z.object({ days: z.array(z.object({ day: z.iso.date(), observations: z.number().int() })).max(401) }),
  timeoutMs: 5_000,
});

/** New observations of a session are committed. */
export const ObservationsStored = event('ingest.observations-stored.v1', z.object({
  projectId: z.uuid(),
  sessionId: z.uuid(),
  /** The highest sequence committed when this was written. */
  sequence: z.number().int(),
}));

/** A session ended, or got late events after its end. Everything up to `generation` is committed. */
export const SessionEnded = event('ingest.session-ended.v1', z.object({
  projectId: z.uuid(),
  sessionId: z.uuid(),
  generation: z.number().int(),
}));
