import { z } from 'zod';
import { request } from '../define.js';

/** How many documents the index holds of pages of a project and of a session, which a purge would take. */
export const CountDocuments = request('search.count-documents.v1', {
  permission: 'admin:data',
  input: z.object({ projectId: z.uuid(), paths: z.array(z.string()).max(2_000), sessionId: z.uuid().nullable() }),
  output: z.object({ documents: z.number().int() }),
  timeoutMs: 5_000,
});
