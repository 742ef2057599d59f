import type { LintCode, PageFeedback } from '#libs/contracts';
import { contradictions } from './contradictions.js';
import { duplicates } from './duplicates.js';
import { brokenLinks, orphans, supersededLinks } from './link-checks.js';
import { type Found, LINT_CODES, OF_A_CODE_MAX } from './lint-codes.js';
import { disputed, pageChecks } from './page-checks.js';
import type { PageFacts } from './page-facts.js';
import { type CodeEvidence, stalePages } from './staleness.js';

/** What is known beside the pages themselves. */
export interface Evidence extends CodeEvidence {
  /** By the version that was judged. */
  readonly feedback: ReadonlyMap<string, PageFeedback>;
}

/**
 * Everything that rules find wrong in a wiki, the worst first, at most 500 of a code. Work grows with the pages and their
 * text, not with pairs of pages. The same wiki and evidence give the same findings, but for orphans, which ripen.
 */
export function lintWiki(pages: readonly PageFacts[], evidence: Evidence, now: Date): Found[] {
  const { feedback } = evidence;
  const ordered = pages.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const looked = ordered.filter(({ kind }) => kind !== 'report');
  const byPath = new Map(ordered.map((page) => [page.path, page]));
  const findings = [
    ...pageChecks(looked), ...brokenLinks(looked, byPath), ...supersededLinks(looked, byPath), ...contradictions(looked, byPath),
    ...stalePages(looked, evidence), ...duplicates(looked), ...disputed(looked, feedback), ...orphans(looked, (pageId) => feedback.has(pageId), now),
  ];
  const byCode = Map.groupBy(findings, ({ code }) => code);
  return LINT_CODES.flatMap((code) => byCode.get(code)?.slice(0, OF_A_CODE_MAX) ?? []);
}

/** How many there are of each code that there is any of. */
export function countsOf(findings: readonly Found[]): Partial<Record<LintCode, number>> {
  return Object.fromEntries([...Map.groupBy(findings, ({ code }) => code)].map(([code, of]) => [code, of.length]));
}
