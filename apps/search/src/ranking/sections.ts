import { termScores } from './bm25.js';
import type { Candidate, Corpus, Occurrences, Sought } from './candidate.js';

/** A lexeme that no text holds: it stands where a page's sections begin, at the numbers of their first words. */
export const SECTION_START = '=section';

/** A shorter one counts as so long, in words: a heading with a line below it is no page about what it names. */
const SECTION_LENGTH_MIN = 60;
/** Postgres gives every word from here on the same position. */
const POSITION_MAX = 16_383;

/** The section of a page that says most of what is sought, by its number from 0, with what each term gives it. */
export interface BestSection {
  section: number;
  terms: readonly number[];
}

/** As if each section were a page of its own, under the page's title and names. Null where none holds anything in its text. */
export function bestSection(sought: Sought, candidate: Candidate, corpus: Corpus): BestSection | null {
  const starts = startsOf(candidate);
  let best: (BestSection & { sum: number }) | null = null;
  if (starts.length === 0) return best;
  for (const section of heldSections(candidate, starts)) {
    const part = partOf(candidate, starts, section);
    const terms = termScores(sought, part, corpus);
    const sum = terms.reduce((total, score) => total + score, 0);
    if (!best || sum > best.sum) best = { section, terms, sum };
  }
  return best;
}

/** At which words of a page's body its sections begin, ascending; none where it has no headings. */
export function startsOf({ matches }: Candidate): readonly number[] {
  return matches[SECTION_START]?.positions ?? [];
}

/** Those that hold a match in their text, in their order. */
function heldSections({ matches }: Candidate, starts: readonly number[]): number[] {
  const held = new Set<number>();
  for (const { positions, weights } of Object.values(matches)) {
    positions.forEach((position, index) => weights[index] === 'D' && position < POSITION_MAX && held.add(sectionAt(starts, position)));
  }
  return [...held].filter((section) => section >= 0).sort((a, b) => a - b);
}

function partOf(candidate: Candidate, starts: readonly number[], section: number): Candidate {
  const [from, to] = [starts[section]!, starts[section + 1] ?? candidate.length + 1];
  const isInside = (position: number, place: string): boolean => place !== 'D' || (position >= from && position < to);
  const matches = Object.entries(candidate.matches).map(([lexeme, occurrences]): [string, Occurrences] => [lexeme, within(occurrences, isInside)]);
  return { ...candidate, length: Math.max(SECTION_LENGTH_MIN, to - from), matches: Object.fromEntries(matches.filter(([, { positions }]) => positions.length > 0)) };
}

function within({ positions, weights }: Occurrences, isInside: (position: number, place: string) => boolean): Occurrences {
  const kept = positions.map((position, index) => isInside(position, weights[index]!));
  return { positions: positions.filter((_, index) => kept[index]), weights: [...weights].filter((_, index) => kept[index]).join('') };
}

/** The last that begins at the word or before it; -1 where none does. */
function sectionAt(starts: readonly number[], position: number): number {
  return starts.findLastIndex((start) => start <= position);
}
