import type { PageFeedback } from '#libs/contracts';
import { clamp, counted, oneLine } from '../rules/text.js';
import { found, type Found } from './lint-codes.js';
import type { PageFacts } from './page-facts.js';

/** More than this is text that nobody sees, read at every listing. */
const FRONTMATTER_BYTES_MAX = 8 * 1024;
const REMARK_CHARS_MAX = 160;

/** What is wrong with pages by themselves. */
export function pageChecks(pages: readonly PageFacts[]): Found[] {
  return pages.flatMap(({ path, frontmatterProblem, frontmatterBytes }) => [
    ...(frontmatterProblem === null ? [] : [found('unreadable-frontmatter', [path], `the frontmatter can't be read: ${clamp(oneLine(frontmatterProblem), REMARK_CHARS_MAX)}`)]),
    ...(frontmatterBytes <= FRONTMATTER_BYTES_MAX ? [] : [found('large-frontmatter', [path], `the frontmatter has ${Math.ceil(frontmatterBytes / 1024)} KiB`)]),
    ...(path.startsWith('conflicts/') ? [found('unresolved-conflict', [path], 'a text that lost a conflict waits to be looked at')] : []),
  ]);
}

/** Pages that more readers call stale or wrong than helpful, as they are now. */
export function disputed(pages: readonly PageFacts[], feedback: ReadonlyMap<string, PageFeedback>): Found[] {
  return pages.flatMap(({ path, pageId }) => {
    const { counts, remarks } = feedback.get(pageId) ?? { counts: { helpful: 0, not_helpful: 0, stale: 0, wrong: 0 }, remarks: [] };
    if (counts.stale + counts.wrong <= counts.helpful) return [];
    const said = (['stale', 'wrong'] as const).filter((signal) => counts[signal] > 0).map((signal) => `${signal} by ${counted(counts[signal], 'reader')}`).join(' and ');
    const remark = remarks.find(({ signal }) => signal === 'stale' || signal === 'wrong');
    return [found('disputed', [path], `called ${said}${remark ? `: “${clamp(oneLine(remark.reason), REMARK_CHARS_MAX)}” (${remark.by})` : ''}`)];
  });
}
