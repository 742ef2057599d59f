import type { ScoreShares, TermRarity } from '#libs/contracts';
import { rarityOf } from '../ranking/bm25.js';
import type { Candidate, Corpus, Sought, SoughtTerm } from '../ranking/candidate.js';
import type { Ranked } from '../ranking/ranking.js';
import { languageOfLexeme } from '../terms/languages.js';

/** What each stream gave a document. Terms beyond those asked for are feedback's. */
export function sharesOf({ score, shares }: Ranked<Candidate>, { terms }: Sought): ScoreShares {
  const held = [...shares.words, shares.proximity, shares.passage, shares.neighbours].reduce((sum, share) => sum + share, 0);
  const made = Object.values(shares.factors).reduce((product, factor) => product * factor, held);
  return {
    words: terms.map((term, index) => ({ term: labelOf(term), score: round(shares.words[index]!) })).filter((word) => word.score > 0),
    feedback: round(shares.words.slice(terms.length).reduce((sum, share) => sum + share, 0)),
    proximity: round(shares.proximity), passage: round(shares.passage), neighbours: round(shares.neighbours), factors: { ...shares.factors }, lift: round(score - made),
  };
}

/** How rare what was asked for is, in the documents that were searched. */
export function raritiesOf({ terms }: Sought, corpus: Corpus): TermRarity[] {
  return terms.map((term) => ({
    term: labelOf(term), documents: Math.max(0, ...term.lexemes.map((lexeme) => corpus.frequencies.get(lexeme) ?? 0)), rarity: round(term.weight * rarityOf(term, corpus)),
  }));
}

/** The word as it was asked for is the last of its lexemes, after its English stem, but for those that are marked. */
export function labelOf({ lexemes }: SoughtTerm): string {
  return lexemes.findLast((lexeme) => languageOfLexeme(lexeme) === null) ?? lexemes[0]!;
}

function round(value: number): number {
  // Not -0, which JSON knows and readers do not.
  return Math.round(value * 1e3) / 1e3 + 0;
}
