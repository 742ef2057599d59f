import { createHash } from 'node:crypto';
import type { Finding } from '../rules/findings.js';
import type { ConsolidatedKind } from './answer-schema.js';
import { likeness, termsOf } from './terms.js';

/** What is written without a person: by the rules, or by a language model. */
type FoundKind = ConsolidatedKind | Finding['kind'];

/** Rules lie apart until a person moves them to `_rules/`: nothing that a machine found is told to agents as a rule. */
const FOLDERS: Readonly<Record<FoundKind, string>> = { decision: 'decisions/', gotcha: 'gotchas/', procedure: 'procedures/', concept: 'concepts/', rule: '_rules/candidates/' };
const NAME_CHARS_MAX = 60;
/** Titles more alike than this are of the same thing. */
const SAME_SUBJECT = 0.6;

export function folderOf(kind: FoundKind): string {
  return FOLDERS[kind];
}

/** Where a page of this title lies if there is none about the same thing: always the same. A title without Latin letters is named by its hash. */
export function pathOf(kind: FoundKind, title: string): string {
  const words = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length >= NAME_CHARS_MAX) break;
    name += name === '' ? word : `-${word}`;
  }
  return `${folderOf(kind)}${name.length >= 3 ? name : createHash('sha256').update(title).digest('hex').slice(0, 12)}.md`;
}

/** The page that is about the same thing as the title, if there is one: a page is kept up, not twinned. */
export function sameSubject<T extends { path: string; title: string }>(title: string, pages: readonly T[]): T | undefined {
  const terms = termsOf(title);
  const ranked = pages.map((page) => ({ page, likeness: likeness(terms, termsOf(page.title)) })).sort((a, b) => b.likeness - a.likeness || (a.page.path < b.page.path ? -1 : 1));
  return ranked[0] !== undefined && ranked[0].likeness >= SAME_SUBJECT ? ranked[0].page : undefined;
}
