/**
 * Pseudo-relevance feedback after Lavrenko and Croft's relevance model (RM3), with positions as in Lv and Zhai's PRM: words that
 * stand near the query's in the first documents found are likely to stand in others about the same.
 */

/** How many of the first documents are read. */
export const FEEDBACK_DOCUMENTS = 10;
/** Words of a document on either side of a match that are taken for its surroundings. */
const NEAR_WORDS = 40;
const WORD_CHARS_MIN = 3;
/** Words that are weighed by how rare they are; counting each costs a look into the index. */
export const WORDS_COUNTED_MAX = 40;
const EXPANSION_TERMS = 15;
/** The share of the expansion against the query itself, reached by a query of four terms: of fewer it could not tell what they mean. */
const EXPANSION_SHARE = 0.5;
const QUERY_TERMS_FULL = 4;

/** One of the first documents: its words in order, and by the number of a word, from 1, how rare the query's term is that matches there. */
export interface FeedbackDocument {
  words: readonly string[];
  rarityAt: ReadonlyMap<number, number>;
  score: number;
}

export interface ExpansionTerm {
  lexeme: string;
  weight: number;
}

/** What share each word has of the surroundings of matches; better documents count for more. */
export function wordsNearMatches(documents: readonly FeedbackDocument[]): Map<string, number> {
  const scores = documents.reduce((sum, { score }) => sum + score, 0);
  const shares = new Map<string, number>();
  for (const document of documents) {
    const near = nearness(document);
    const sum = near.reduce((total, weight) => total + weight, 0);
    document.words.forEach((word, index) => {
      if (near[index]! > 0 && word.length >= WORD_CHARS_MIN) shares.set(word, (shares.get(word) ?? 0) + (near[index]! / sum) * (document.score / scores));
    });
  }
  return shares;
}

/** Of the lexemes with their shares those that say most, with weights that make up the expansion's part of a query of `queryTerms` terms. */
export function expansionOf(shares: ReadonlyMap<string, number>, rarityOf: (lexeme: string) => number, queryTerms: number): ExpansionTerm[] {
  const telling = [...shares].map(([lexeme, share]) => ({ lexeme, weight: share * rarityOf(lexeme) })).sort((a, b) => b.weight - a.weight || (a.lexeme < b.lexeme ? -1 : 1)).slice(0, EXPANSION_TERMS);
  const sum = telling.reduce((total, { weight }) => total + weight, 0);
  const share = EXPANSION_SHARE * Math.min(1, queryTerms / QUERY_TERMS_FULL) * queryTerms;
  return sum === 0 ? [] : telling.map(({ lexeme, weight }) => ({ lexeme, weight: (share * weight) / sum }));
}

/** For each word the rarities of all matches that it is near to: as differences first, so that it takes one pass. */
function nearness({ words, rarityAt }: FeedbackDocument): number[] {
  const steps = new Float64Array(words.length + 1);
  for (const [number, rarity] of rarityAt) {
    const place = number - 1;
    steps[Math.max(0, place - NEAR_WORDS)]! += rarity;
    steps[Math.min(words.length, place + NEAR_WORDS + 1)]! -= rarity;
  }
  let near = 0;
  // Differences of rarities may leave a trace of rounding where there is no match near.
  return words.map((_, index) => ((near += steps[index]!) > 1e-9 ? near : 0));
}
