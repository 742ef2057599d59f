import { z } from 'zod';
import { request } from '../define.js';

/** How many pages an organisation has, in all projects, and how many bytes they hold as they are now. */
export const CountStoredPages = request('wiki-git.count-stored-pages.v1', {
  input: z.object({}),
  output: z.object({ rows: z.number().int(), bytes: z.number().int() }),
  permission: 'admin:audit',
  timeoutMs: 5_000,
});
