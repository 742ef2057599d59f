import type { Candidate, Corpus, SoughtTerm } from './candidate.js';

/** How soon more occurrences stop counting, and how much a long document must make up for its length. */
const K1 = 1.2;
const B = 0.75;
/** What an occurrence counts for, by where it stands: title, names, body. */
const PLACE_WEIGHT: Readonly<Record<string, number>> = { A: 3, B: 1.5, D: 1 };

/** Okapi BM25 of one term, with the occurrences weighted by place. Zero where the document does not hold it. */
export function termScore(term: SoughtTerm, candidate: Candidate, corpus: Corpus): number {
  const occurrences = term.lexemes.reduce((sum, lexeme) => sum + weighOccurrences(candidate, lexeme), 0);
  if (occurrences === 0) return 0;
  const norm = 1 - B + (B * candidate.length) / Math.max(1, corpus.lengthAverage);
  return rarity(term, corpus) * ((occurrences * (K1 + 1)) / (occurrences + K1 * norm));
}

/** BM25's idf: never negative, so that a word of every document does no harm. */
function rarity(term: SoughtTerm, corpus: Corpus): number {
  const frequency = Math.max(1, ...term.lexemes.map((lexeme) => corpus.frequencies.get(lexeme) ?? 0));
  return Math.log(1 + (Math.max(corpus.documents, frequency) - frequency + 0.5) / (frequency + 0.5));
}

function weighOccurrences({ matches }: Candidate, lexeme: string): number {
  return Array.from(matches[lexeme]?.weights ?? '', (place) => PLACE_WEIGHT[place] ?? 1).reduce((sum, weight) => sum + weight, 0);
}
