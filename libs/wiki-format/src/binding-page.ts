import type { PageHead } from '#libs/contracts';

const RULES = '_rules/';
/** What somebody would have as a rule: no session is told of it. */
export const CANDIDATES = '_rules/candidates/';

/** Whether sessions are told a page unasked, so that who writes it tells all of them: rules, slots, pinned pages, and whatever lies among the rules. */
export function isBinding({ path, kind, isPinned }: Pick<PageHead, 'path' | 'kind' | 'isPinned'>): boolean {
  return kind === 'rule' || kind === 'slot' || isPinned || (path.startsWith(RULES) && !path.startsWith(CANDIDATES));
}
