import { z } from 'zod';
import { request } from '../define.js';
import { GIT_CHUNK_BYTES_MAX } from './git-transport.contract.js';
import { CommitAuthor } from './pages.contract.js';

/** Files that an import names one by one; there may be more of them. */
export const REFUSED_SHOWN_MAX = 200;

/** The first bytes of all pages as they are now, as a tar file compressed with gzip; `ContinueFetch` has the rest, if `transferId` is not null. */
export const ExportPages = request('wiki-git.export-pages.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ data: z.base64().max(Math.ceil(GIT_CHUNK_BYTES_MAX / 3) * 4), transferId: z.uuid().nullable() }),
  timeoutMs: 30_000,
});

/**
 * Takes in the pages of an archive that `StagePush` has put aside, by the rules of a push, in one commit; what else the
 * project has stays. Unless `isPartial`, nothing is taken in where a single file is refused. Fails with `not-found`.
 * Faults: `wiki.archive.unreadable`, `wiki.archive.too-large`.
 */
export const ImportPages = request('wiki-git.import-pages.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), transferId: z.uuid(), isPartial: z.boolean(), isDryRun: z.boolean(), author: CommitAuthor }),
  output: z.object({
    commit: z.string().nullable(),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.array(z.object({ path: z.string(), reason: z.string() })).max(REFUSED_SHOWN_MAX),
    refusedCount: z.number().int(),
  }),
  isChange: true,
  timeoutMs: 120_000,
});
