import { CountCaptured, CountPages, ListHandoffs, ListPages, type Page, type PageHead, ReadPage } from '#libs/contracts';
import { type Ask, nullIfNotFound } from '../mcp/named-session.js';
import type { Briefing } from './briefing-text.js';

const HANDOFFS_MAX = 10;
const OF_EACH_KIND_MAX = 50;
/** So many are read however long they are, since the briefing cuts the longest first. */
const CORE_READ_MIN = 12;
/** Further core pages are named only. */
const CORE_READ_MAX = 24;

export interface BriefingParts extends Briefing {
  rules: readonly PageHead[];
  slots: readonly PageHead[];
  pinned: readonly PageHead[];
}

/** All that a briefing is made of, as the caller may see it; of core pages, no more bodies than `charsMax` characters can use. */
export async function readBriefing(ask: Ask, projectId: string, { recentMax, charsMax }: { recentMax: number; charsMax: number }): Promise<BriefingParts> {
  const pages = async (selection: { kinds?: ('rule' | 'slot')[]; isPinned?: boolean; limit: number }): Promise<PageHead[]> =>
    (await ask(ListPages, { projectIds: [projectId], ...selection })).pages;
  const [captured, wiki, { handoffs }, rules, slots, pinned, recent] = await Promise.all([
    ask(CountCaptured, { projectId }), ask(CountPages, { projectId }), ask(ListHandoffs, { projectId, limit: HANDOFFS_MAX }),
    pages({ kinds: ['rule'], limit: OF_EACH_KIND_MAX }), pages({ kinds: ['slot'], limit: OF_EACH_KIND_MAX }), pages({ isPinned: true, limit: OF_EACH_KIND_MAX }), pages({ limit: recentMax }),
  ]);
  const binding = [...new Map([...rules, ...pinned, ...slots].map((page) => [page.path, page])).values()];
  const core = await readCore(ask, projectId, binding, charsMax);
  const isRead = new Set(core.map(({ path }) => path));
  return { pages: wiki.pages, captured, core, unread: binding.filter(({ path }) => !isRead.has(path)), handoffs, recent, rules, slots, pinned };
}

async function readCore(ask: Ask, projectId: string, binding: readonly PageHead[], charsMax: number): Promise<Page[]> {
  const core: Page[] = [];
  let chars = 0;
  for (const { path } of binding.slice(0, CORE_READ_MAX)) {
    if (chars > charsMax) break;
    const found = await nullIfNotFound(ask(ReadPage, { projectId, path }));
    if (!found) continue;
    core.push(found.page);
    chars += Math.min(found.page.body.length, charsMax / CORE_READ_MIN);
  }
  return core;
}
