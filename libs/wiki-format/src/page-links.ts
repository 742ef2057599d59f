import { posix } from 'node:path';
import { withoutCode } from './markdown-code.js';
import { isPagePath, type PagePath } from './page-path.js';

/** A link from one page to another. `project` is `project` or `workspace/project` as written, null for the page's own. */
export interface PageLink {
  readonly project: string | null;
  readonly path: PagePath;
}

const LINKS_MAX = 500;
const WIKILINK = /\[\[([^[\]|\n]{1,512})(?:\|[^[\]\n]{0,512})?\]\]/g;
const MARKDOWN_LINK = /(?<!!)\[[^[\]]*\]\([ \t]*<?([^()<>\s]{1,512})>?(?:[ \t]+"[^"\n]*")?[ \t]*\)/g;
const PROJECT = /^[^:/\s][^:/]{0,127}(\/[^:/]{1,128})?$/;

/**
 * The pages that a page links to, each once, in order of appearance, at most 500: `[[path.md]]`, `[[path|label]]`,
 * `[[project:path.md]]` from the project's root; `[label](path.md)` from the page's folder. Code is not looked at.
 */
export function linksOf(path: PagePath, body: string): PageLink[] {
  const text = withoutCode(body);
  const found = [
    ...[...text.matchAll(WIKILINK)].map((match) => ({ at: match.index, link: wikilink(match[1]!) })),
    ...[...text.matchAll(MARKDOWN_LINK)].map((match) => ({ at: match.index, link: markdownLink(path, match[1]!) })),
  ];
  const ordered = found.sort((a, b) => a.at - b.at).flatMap(({ link }) => link ?? []);
  return [...new Map(ordered.map((link) => [linkText(link), link])).values()].slice(0, LINKS_MAX);
}

/** The link as a wikilink would write it: the path, with the project before it where it is another one. */
export function linkText({ project, path }: PageLink): string {
  return project === null ? path : `${project}:${path}`;
}

function wikilink(target: string): PageLink | undefined {
  const colon = target.indexOf(':');
  const project = colon < 0 ? null : target.slice(0, colon).trim();
  if (project !== null && !PROJECT.test(project)) return undefined;
  return linkTo(project, withoutAnchor(target.slice(colon + 1).trim()).replace(/^\/(?!\/)/, ''));
}

function markdownLink(from: PagePath, target: string): PageLink | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return undefined;
  const bare = decoded(withoutAnchor(target));
  if (!bare.endsWith('.md')) return undefined;
  return linkTo(null, bare.startsWith('/') ? bare.slice(1) : posix.join(posix.dirname(from), bare));
}

function linkTo(project: string | null, written: string): PageLink | undefined {
  const path = written.endsWith('.md') ? written : `${written}.md`;
  return isPagePath(path) ? { project, path } : undefined;
}

function withoutAnchor(target: string): string {
  return target.split(/[#?]/)[0]!;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
