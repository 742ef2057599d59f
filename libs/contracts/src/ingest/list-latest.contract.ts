import { z } from 'zod';
import { request } from '../define.js';
import { ObservationKind } from './observation.js';

/** Captured events that one answer may have. */
export const LATEST_MAX = 50;

/** What was captured last in several projects, newest first by when it was stored; without texts but a title. */
export const ListLatest = request('ingest.list-latest.v1', {
  permission: 'memory:read',
  without: ({ projectIds, ...same }, isVisible) => ({ projectIds: projectIds.filter(isVisible), ...same }),
  input: z.object({ projectIds: z.array(z.uuid()).max(500), limit: z.number().int().min(1).max(LATEST_MAX).default(LATEST_MAX) }),
  output: z.object({
    events: z.array(z.object({
      observationId: z.uuid(), projectId: z.uuid(), sessionId: z.uuid(), sequence: z.number().int().positive(), kind: ObservationKind, title: z.string(), agent: z.string(), ownerName: z.string(), storedAt: z.iso.datetime(),
    })).max(LATEST_MAX),
  }),
  timeoutMs: 2_000,
});
