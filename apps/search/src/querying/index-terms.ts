import type { Sought, SoughtTerm } from '../ranking/candidate.js';

/** What a shorter word begins with says too little. */
const ROOT_CHARS_MIN = 4;
/** An ending that the stemmer left may still differ: `injuri` (injury) and `injur` (injured). */
const STEM_ENDING_CHARS = 1;
/** What counts for less in the rough rank as it does in the real one. */
const LIKENESS = 0.3;

/** What words of the same origin as the stem begin with. Null for what is no word of letters, or too short. */
export function rootOf(stem: string): string | null {
  return stem.length > ROOT_CHARS_MIN && /^\p{L}+$/u.test(stem) ? stem.slice(0, Math.max(ROOT_CHARS_MIN, stem.length - STEM_ENDING_CHARS)) : null;
}

/** All that the index is asked for a term: lexemes, and a root with `*`. */
export function indexTermsOf({ lexemes, others, root }: SoughtTerm): string[] {
  return [...lexemes, ...others, ...(root === null ? [] : [`${root}*`])];
}

export function allIndexTerms({ terms }: Sought): string[] {
  return [...new Set(terms.flatMap(indexTermsOf))];
}

/** How much a document gains in the rough rank by holding what is asked for, from each term's rarity. */
export function roughRarities({ terms }: Sought, rarityOf: (term: SoughtTerm) => number): Map<string, number> {
  const rarities = new Map<string, number>();
  for (const term of terms) {
    const rarity = term.weight * rarityOf(term);
    for (const indexTerm of indexTermsOf(term)) {
      const value = term.lexemes.includes(indexTerm) ? rarity : LIKENESS * rarity;
      rarities.set(indexTerm, Math.max(value, rarities.get(indexTerm) ?? 0));
    }
  }
  return rarities;
}
