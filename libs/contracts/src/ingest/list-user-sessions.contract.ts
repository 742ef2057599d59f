import { z } from 'zod';
import { request } from '../define.js';

/** Sessions of a person, in all projects, at most 20; for their purge. */
export const ListUserSessions = request('ingest.list-user-sessions.v1', {
  permission: 'service',
  input: z.object({ userId: z.uuid() }),
  output: z.object({ sessions: z.array(z.object({ sessionId: z.uuid(), projectId: z.uuid() })) }),
  timeoutMs: 5_000,
});
