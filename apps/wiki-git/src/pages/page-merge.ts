import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Frontmatter, parsePagePath, type PagePath } from '#libs/wiki-format';

export const CONFLICTS_FOLDER = 'conflicts/';
const NAME_CHARS_MAX = 150;
const DIGEST_CHARS = 12;

export type Merge<T> = { readonly merged: T } | 'conflict';

/** Metadata merged name by name: what one side changed counts, and what both changed alike; anything else is a conflict. */
export function mergeFrontmatter(base: Frontmatter, current: Frontmatter, incoming: Frontmatter): Merge<Frontmatter> {
  const merged: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(current), ...Object.keys(incoming)])) {
    const isSame = isDeepStrictEqual(current[name], incoming[name]);
    const isOurs = isDeepStrictEqual(base[name], incoming[name]);
    if (!isSame && !isOurs && !isDeepStrictEqual(base[name], current[name])) return 'conflict';
    merged[name] = isOurs ? current[name] : incoming[name];
  }
  return { merged: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) };
}

/** As many characters as no line of the texts begins with, so that git's marks can be told from them. */
export function markerSize(texts: readonly string[]): number {
  const longest = texts.flatMap((text) => text.match(/^(<+|\|+|=+|>+)/gm) ?? []).reduce((most, run) => Math.max(most, run.length), 6);
  return longest + 1;
}

/**
 * What git made of two changes of a text, with marks of the given size and the common text between them. Where both put
 * lines in at one place, both stay, one after the other; where both changed the same lines there is no telling.
 */
export function resolveMarked(marked: string, size: number): Merge<string> {
  const [open, base, divide, close] = ['<', '|', '=', '>'].map((mark) => `^${`\\${mark}`}{${size}}(?: [^\\n]*)?\\n`) as [string, string, string, string];
  const hunk = new RegExp(`${open}((?:.*\\n)*?)${base}((?:.*\\n)*?)${divide}((?:.*\\n)*?)${close}`, 'gm');
  let isConflict = false;
  const merged = marked.replace(hunk, (_all, current: string, common: string, incoming: string) => {
    if (common !== '') isConflict = true;
    return current + incoming;
  });
  return isConflict ? 'conflict' : { merged };
}

/** Where a text that lost is kept: of each text once, or of each page the last, where the text is made anew again and again. */
export function conflictPath(path: PagePath, content: Buffer | undefined): PagePath {
  const digest = createHash('sha256').update(content ?? path).digest('hex').slice(0, DIGEST_CHARS);
  return parsePagePath(`${conflictPrefix(path)}${digest}.md`);
}

/** How the paths begin where texts of a page are kept that lost. Pages with much the same path may share it. */
export function conflictPrefix(path: PagePath): string {
  const name = path.replace(/\.md$/, '').replaceAll('/', '-').slice(0, NAME_CHARS_MAX).replace(/[-.]+$/, '');
  return `${CONFLICTS_FOLDER}${name}-`;
}
