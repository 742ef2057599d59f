import { CountCaptured, CountPages, ListHandoffs, ListMessages, ListPages, ListSlots, type Page, type PageHead, PageKind, ReadPage } from '#libs/contracts';
import { type Ask, nullIfNotFound } from '../mcp/named-session.js';
import { type Briefing, isToldAsRule, pageKey } from './briefing-text.js';

const HANDOFFS_MAX = 10;
const MESSAGES_MAX = 10;
const OF_EACH_KIND_MAX = 50;
/** So many are read however long they are, since the briefing cuts the longest first. */
const CORE_READ_MIN = 12;
/** Further core pages are named only. */
const CORE_READ_MAX = 24;
/** Reports repeat what other pages say. */
const RECENT_KINDS = PageKind.options.filter((kind) => kind !== 'report');

export interface BriefingParts extends Briefing {
  rules: readonly PageHead[];
  slots: readonly PageHead[];
  pinned: readonly PageHead[];
  /** The organisation's, which all of its projects are told. */
  ownRules: readonly PageHead[];
  ownPinned: readonly PageHead[];
}

export interface BriefedProject {
  readonly projectId: string;
  readonly organisationId: string;
}

/** All that a briefing is made of, as the caller may see it; of core pages, no more bodies than `charsMax` characters can use. */
export async function readBriefing(ask: Ask, { projectId, organisationId }: BriefedProject, { recentMax, charsMax }: { recentMax: number; charsMax: number }): Promise<BriefingParts> {
  const listed = async (selection: { projectIds: string[]; kinds?: PageKind[]; isPinned?: boolean; limit: number }): Promise<PageHead[]> => (await ask(ListPages, { isCurrent: true, ...selection })).pages;
  const [projectIds, limit] = [[projectId], OF_EACH_KIND_MAX];
  const listedOfOwn = async (selection: { kinds?: ['rule']; isPinned?: true }): Promise<PageHead[]> => (projectId === organisationId ? [] : listed({ projectIds: [organisationId], limit, ...selection }));
  const [captured, wiki, { handoffs }, { slots: personal }, { messages }, allRules, slots, pinned, recent, allOwnRules, ownPinned] = await Promise.all([
    ask(CountCaptured, { projectId }), ask(CountPages, { projectId }), ask(ListHandoffs, { projectId, limit: HANDOFFS_MAX }),
    ask(ListSlots, { projectId }), ask(ListMessages, { projectId, limit: MESSAGES_MAX }),
    listed({ projectIds, kinds: ['rule'], limit }), listed({ projectIds, kinds: ['slot'], limit }), listed({ projectIds, isPinned: true, limit }), listed({ projectIds, kinds: RECENT_KINDS, limit: recentMax }),
    listedOfOwn({ kinds: ['rule'] }), listedOfOwn({ isPinned: true }),
  ]);
  const [rules, ownRules] = [allRules, allOwnRules].map((each) => each.filter(isToldAsRule)) as [PageHead[], PageHead[]];
  const binding = [...new Map([...rules, ...ownRules, ...pinned, ...ownPinned, ...slots].map((page) => [pageKey(page), page])).values()];
  const core = await readCore(ask, binding, charsMax);
  const isRead = new Set(core.map(pageKey));
  return { ownProjectId: organisationId, pages: wiki.pages, captured, core, unread: binding.filter((page) => !isRead.has(pageKey(page))), personal, handoffs, messages, recent, rules, slots, pinned, ownRules, ownPinned };
}

async function readCore(ask: Ask, binding: readonly PageHead[], charsMax: number): Promise<Page[]> {
  const core: Page[] = [];
  let chars = 0;
  for (const { projectId, path } of binding.slice(0, CORE_READ_MAX)) {
    if (chars > charsMax) break;
    const found = await nullIfNotFound(ask(ReadPage, { projectId, path }));
    if (!found) continue;
    core.push(found.page);
    chars += Math.min(found.page.body.length, charsMax / CORE_READ_MIN);
  }
  return core;
}
