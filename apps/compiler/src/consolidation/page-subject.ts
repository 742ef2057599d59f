import { createHash } from 'node:crypto';
import type { ConsolidatedKind } from './answer-schema.js';
import { likeness, termsOf } from './terms.js';

const FOLDERS: Readonly<Record<ConsolidatedKind, string>> = { decision: 'decisions', gotcha: 'gotchas', procedure: 'procedures', concept: 'concepts' };
const NAME_CHARS_MAX = 60;
/** Titles more alike than this are of the same thing. */
const SAME_SUBJECT = 0.6;

export function folderOf(kind: ConsolidatedKind): string {
  return `${FOLDERS[kind]}/`;
}

/** Where a page of this title lies if there is none about the same thing. A title without Latin letters is named by its hash. */
export function pathOf(kind: ConsolidatedKind, title: string): string {
  const words = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length >= NAME_CHARS_MAX) break;
    name += name === '' ? word : `-${word}`;
  }
  return `${folderOf(kind)}${name.length >= 3 ? name : createHash('sha256').update(title).digest('hex').slice(0, 12)}.md`;
}

/** The page that is about the same thing as the title, if there is one: a page is kept up, not twinned. */
export function sameSubject(title: string, pages: readonly { path: string; title: string }[]): string | undefined {
  const terms = termsOf(title);
  const ranked = pages.map((page) => ({ path: page.path, likeness: likeness(terms, termsOf(page.title)) })).sort((a, b) => b.likeness - a.likeness || (a.path < b.path ? -1 : 1));
  return ranked[0] && ranked[0].likeness >= SAME_SUBJECT ? ranked[0].path : undefined;
}
