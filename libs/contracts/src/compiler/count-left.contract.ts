import { z } from 'zod';
import { request } from '../define.js';

/** How much the compiler holds of pages of a project and of a session, which a purge would take. */
export const CountLeft = request('compiler.count-left.v1', {
  permission: 'admin:data',
  input: z.object({ projectId: z.uuid(), paths: z.array(z.string()).max(2_000), sessionId: z.uuid().nullable() }),
  output: z.object({ handoffs: z.number().int(), jobs: z.number().int(), feedback: z.number().int() }),
  timeoutMs: 5_000,
});
