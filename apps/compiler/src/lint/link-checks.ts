import { found, type Found, OF_A_CODE_MAX } from './lint-codes.js';
import { NearestPath } from './nearest-path.js';
import type { PageFacts } from './page-facts.js';

/** A page that is younger has had no time to be linked to or judged. */
const ORPHAN_AGE_MS = 14 * 86_400_000;
/** Found by what they are, not by links. */
const FOUND_OTHERWISE = new Set<PageFacts['kind']>(['session', 'report', 'rule', 'slot', 'profile']);

type ByPath = ReadonlyMap<string, PageFacts>;

/** Links that lead nowhere, with where they may have been meant to lead. Links into other projects are not looked at: the reader may not be allowed to know. */
export function brokenLinks(pages: readonly PageFacts[], byPath: ByPath): Found[] {
  const broken = pages.flatMap(({ path, links }) => links.filter((target) => !byPath.has(target)).map((target) => ({ path, target }))).slice(0, OF_A_CODE_MAX);
  const nearest = new NearestPath(broken.length === 0 ? [] : [...byPath.keys()].filter((each) => !isOfMachine(each)));
  return broken.map(({ path, target }) => {
    const meant = nearest.find(target);
    const todo = meant === null ? undefined : `Was ${meant} meant? Else write the page, or take the link away.`;
    return found('broken-link', [path], `links to ${target}, which is not there`, target, todo);
  });
}

/** Links to a page that another has replaced, but for that of the page itself which did. */
export function supersededLinks(pages: readonly PageFacts[], byPath: ByPath): Found[] {
  return pages.filter(({ isSuperseded, kind }) => !isSuperseded && kind !== 'session').flatMap(({ path, links }) => links.flatMap((target) => {
    const page = byPath.get(target);
    if (!page?.isSuperseded || page.successor === path) return [];
    const successor = page.successor !== null && byPath.has(page.successor) ? page.successor : null;
    return [found('superseded-link', [path, target], `links to ${target}, which ${successor ?? 'a later page'} has replaced`, target, successor === null ? undefined : `Link to ${successor} instead, or say that this is history.`)];
  }));
}

/** Pages that no link leads to or from, that nobody has judged or pinned, and that have been so for two weeks. */
export function orphans(pages: readonly PageFacts[], isJudged: (pageId: string) => boolean, now: Date): Found[] {
  const linked = new Set(pages.flatMap(({ links }) => links));
  const isLone = (page: PageFacts): boolean => !linked.has(page.path) && page.links.length === 0 && !page.hasForeignLinks;
  const isOld = ({ updatedAt }: PageFacts): boolean => now.getTime() - Date.parse(updatedAt) > ORPHAN_AGE_MS;
  return pages.filter((page) => isLone(page) && isOld(page) && !page.isPinned && !FOUND_OTHERWISE.has(page.kind) && !isOfMachine(page.path) && !isJudged(page.pageId))
    .map(({ path, updatedAt }) => found('orphan', [path], `no link leads to it or from it, and nobody has said anything of it since ${updatedAt.slice(0, 10)}`));
}

/** Kept beside the pages by the wiki itself, or read from there by its parts. */
function isOfMachine(path: string): boolean {
  return path.startsWith('conflicts/') || path.startsWith('_');
}
