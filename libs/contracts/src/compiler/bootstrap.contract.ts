import { z } from 'zod';
import { request } from '../define.js';
import { CommitAuthor } from '../wiki-git/pages.contract.js';

const Path = z.string().min(1).max(400);

/** What a checkout shows of its project, as its owner's laptop has read and bounded it: together it fits a message. Secrets are taken out of all texts. */
export const Material = z.strictObject({
  name: z.string().min(1).max(200),
  /** Texts as they are committed, long ones cut at their end. */
  files: z.array(z.strictObject({ path: Path, text: z.string().max(32_768) })).max(150),
  /** Folders of one and two levels, with the files in and below them by the ending of their names. */
  folders: z.array(z.strictObject({ path: Path, files: z.int().nonnegative(), endings: z.record(z.string().max(20), z.int()) })).max(200),
  /** The newest ones, newest first, without merges; of each some of the paths that it changed. */
  commits: z.array(z.strictObject({
    sha: z.string().regex(/^[0-9a-f]{40}$/), at: z.iso.datetime(), author: z.string().max(200), subject: z.string().max(300), body: z.string().max(2_000), paths: z.array(Path).max(20),
  })).max(1_000),
});
export type Material = z.infer<typeof Material>;

/**
 * Makes pages of a checkout, by rules: the same material gives the same bytes. Pages that a person has edited, pinned,
 * deleted or written stay as they are (`kept`). A dry run has the texts in its answer.
 */
export const BootstrapProject = request('compiler.bootstrap-project.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), material: Material, isDryRun: z.boolean(), author: CommitAuthor }),
  output: z.object({
    pages: z.array(z.object({ path: z.string(), title: z.string(), outcome: z.enum(['added', 'changed', 'unchanged', 'kept']), body: z.string().optional() })),
  }),
  isChange: true,
  timeoutMs: 60_000,
});
