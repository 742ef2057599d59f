import { z } from 'zod';
import { request } from '../define.js';

/** Takes note that a session of the caller is given a briefing of a project; `isFirst` for one of any number of such calls within 30 days. */
export const ClaimBriefing = request('compiler.claim-briefing.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), agent: z.string().max(128), nativeSessionId: z.string().min(1).max(256) }),
  output: z.object({ isFirst: z.boolean() }),
  timeoutMs: 2_000,
});
