import { z } from 'zod';
import { request } from '../define.js';

/** What can be wrong with a page or between pages; docs/lint.md says of each what it means and what to do. */
export const LintCode = z.enum([
  'broken-link', 'contradiction', 'unreadable-frontmatter', 'unresolved-conflict', 'superseded-link', 'stale', 'duplicate', 'disputed', 'large-frontmatter', 'orphan',
]);
export type LintCode = z.infer<typeof LintCode>;

/** An `error` misleads whoever reads the page, a `warning` may, an `advice` is a matter of taste. */
export const LintSeverity = z.enum(['error', 'warning', 'advice']);
export type LintSeverity = z.infer<typeof LintSeverity>;

export const LintFinding = z.object({
  code: LintCode,
  severity: LintSeverity,
  /** The pages it is about, the one to change first; at most five. */
  pages: z.array(z.string()),
  what: z.string(),
  todo: z.string(),
});
export type LintFinding = z.infer<typeof LintFinding>;

/**
 * Looks all pages of a project over, by rules alone, and changes nothing. The worst come first; `counts` has all of them,
 * also those beyond `limit`, but at most 500 of a code are looked for.
 */
export const LintProject = request('compiler.lint-project.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), codes: z.array(LintCode).min(1).optional(), limit: z.number().int().min(1).max(300).default(100) }),
  output: z.object({ pages: z.number().int(), counts: z.partialRecord(LintCode, z.number().int()), findings: z.array(LintFinding) }),
  timeoutMs: 60_000,
});
