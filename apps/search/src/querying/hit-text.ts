import type { Sought } from '../ranking/candidate.js';
import type { Ranked } from '../ranking/ranking.js';
import { startsOf } from '../ranking/sections.js';
import { snippetOf } from '../ranking/snippets.js';
import { type Section, sectionsOf } from '../terms/sections.js';
import { isSpaceless } from '../terms/text-words.js';
import { askedMatches } from './matches.js';
import type { FoundDocument } from './retrieval.service.js';

/** What of a document's text its reader is shown. */
export interface HitText {
  snippet: string;
  /** Of a page: the part that says most of what was asked for, where it has a heading. */
  section?: { heading: string; anchor: string };
}

/** Of a page that was found by one of its sections, that section's part. */
export function hitText(body: string, { candidate, section: number }: Ranked<FoundDocument>, sought: Sought): HitText {
  const wholes = new Set(sought.terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
  const lexemeAt = lexemesAt(candidate, sought);
  const section = number === null ? undefined : sectionsOf(body)[number];
  if (!section) return { snippet: snippetOf(body, { lexemeAt, wholes }) };
  const first = startsOf(candidate)[number!]!;
  const inside = new Map(Array.from(lexemeAt, ([place, lexeme]) => [place - first + 1, lexeme]));
  return { snippet: snippetOf(body.slice(section.start, section.end), { lexemeAt: inside, wholes }), ...headOf(section) };
}

function headOf({ heading, anchor }: Section): Pick<HitText, 'section'> {
  return heading === null || anchor === null ? {} : { section: { heading, anchor } };
}

/** Of a pair that was found by its first letter, the letter. */
function lexemesAt(document: FoundDocument, sought: Sought): Map<number, string> {
  return new Map(Array.from(askedMatches(document, sought), ([place, { lexeme, term }]) => [place, term.root !== null && isSpaceless(term.root) ? term.root : lexeme]));
}
