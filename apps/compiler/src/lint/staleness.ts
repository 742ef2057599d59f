import { clamp, counted, listedUpTo, oneLine } from '../rules/text.js';
import { found, type Found } from './lint-codes.js';
import type { PageFacts } from './page-facts.js';

/** The last change of a file of the code that any session has told. Its path is relative to that session's folder. */
export interface ChangedFile {
  readonly path: string;
  readonly sessionId: string;
  readonly changedAt: Date;
  /** The first commit after the change that the session showed; null where it showed none. */
  readonly commit: string | null;
}

/** A file that an event which a page cites was about, and when. */
export interface CitedFile {
  readonly sessionId: string;
  readonly path: string;
  readonly touchedAt: Date;
}

/** Files that change with everything: that they did says nothing of a page. */
const RESTLESS = /(?:^|\/)(?:package(?:-lock)?\.json|[\w.-]*\.lock|pnpm-lock\.yaml|cargo\.toml|go\.(?:mod|sum)|pyproject\.toml|readme\.md|changelog\.md|todo\.md)$/i;
/** They tell of a time, and what happened since makes them no less true. */
const OF_A_TIME = new Set<PageFacts['kind']>(['session', 'report']);
const FILES_TOLD_MAX = 3;
const PATH_CHARS_MAX = 120;

/** What sessions have told of the code. */
export interface CodeEvidence {
  readonly changes: readonly ChangedFile[];
  /** Files that the events which a page cites were about, by the page's path. */
  readonly citations: ReadonlyMap<string, readonly CitedFile[]>;
  /** When a reader last called a version of a page helpful, by its id. */
  readonly confirmedAt: ReadonlyMap<string, Date>;
}

/**
 * Pages that name a file, or cite an event that was about it, which another session has changed since: since the page was
 * written or called helpful or, where a session's own words were taken down, since that session last touched it.
 */
export function stalePages(pages: readonly PageFacts[], { changes, citations, confirmedAt }: CodeEvidence): Found[] {
  const byEnd = Map.groupBy(changes.filter(({ path }) => isOfProject(path) && !RESTLESS.test(path)), ({ path }) => endOf(path));
  return pages.filter(({ kind, isSuperseded, path }) => !OF_A_TIME.has(kind) && !isSuperseded && !path.startsWith('conflicts/')).flatMap((page) => {
    const cited = citations.get(page.path) ?? [];
    const known = knownUntil(page, cited, confirmedAt.get(page.pageId));
    const isNews = ({ sessionId, changedAt }: ChangedFile): boolean => changedAt.getTime() > known && !page.sources.some((source) => source.sessionId === sessionId);
    const files = [...page.namedFiles, ...cited.map(({ path }) => path)].flatMap((name) => byEnd.get(endOf(name))?.filter((change) => isSamePath(change.path, name)) ?? []);
    const news = [...new Map(files.filter(isNews).map((change) => [change.path, change])).values()].toSorted((a, b) => b.changedAt.getTime() - a.changedAt.getTime() || (a.path < b.path ? -1 : 1));
    return news.length === 0 ? [] : [found('stale', [page.path], described(news), news.map(({ path }) => path).join(' '))];
  });
}

/** Until when the page can have known of changes, in ms. What a machine wrote of a session, it may have written long after. */
function knownUntil({ updatedAt, writtenIn, sources }: PageFacts, cited: readonly CitedFile[], confirmedAt: Date | undefined): number {
  const written = Math.max(Date.parse(updatedAt), confirmedAt?.getTime() ?? 0);
  const isOfSources = confirmedAt === undefined && sources.some(({ sessionId }) => sessionId === writtenIn);
  if (!isOfSources || cited.length === 0) return written;
  return Math.min(written, Math.max(...cited.map(({ touchedAt }) => touchedAt.getTime())));
}

function described(news: readonly ChangedFile[]): string {
  const told = news.map(({ path, changedAt, sessionId, commit }) =>
    `${clamp(oneLine(path), PATH_CHARS_MAX)} on ${changedAt.toISOString().slice(0, 10)} in session ${sessionId}${commit === null ? '' : ` (commit ${commit.slice(0, 10)})`}`);
  return `${counted(news.length, 'file')} that it rests on changed since: ${listedUpTo(told, FILES_TOLD_MAX)}`;
}

/** What lies outside of the session's folder is no file of the project's. */
function isOfProject(path: string): boolean {
  return !/^(?:\/|~|\.\.\/|[a-z]:)/i.test(path);
}

/**
 * Whether two ways to say it are of one file: sessions begin in different folders, and pages shorten. A bare name stands for
 * a file in the uppermost folder alone, as many have the same.
 */
function isSamePath(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.includes('/') && long.endsWith(`/${short}`);
}

/** What paths of one file have in common at least. */
function endOf(path: string): string {
  return path.split('/').slice(-2).join('/');
}
