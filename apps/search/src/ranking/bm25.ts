import type { Candidate, Corpus, SoughtTerm } from './candidate.js';

/** How soon more occurrences stop counting, and how much a long document must make up for its length. */
const K1 = 1.5;
const B = 0.75;
/** What an occurrence counts for, by where it stands: title, names, body. */
const PLACE_WEIGHT: Readonly<Record<string, number>> = { A: 4, B: 1.5, D: 1 };
/** What an occurrence counts for that is not the word itself, but another way to write it or of the same origin. */
const LIKENESS = 0.3;
/** How much longer than its root a word of the same origin may be. */
const ENDING_CHARS_MAX = 5;

/** Okapi BM25 of one term, with the occurrences weighted by place and likeness. Zero where the document holds nothing of it. */
export function termScore(term: SoughtTerm, candidate: Candidate, corpus: Corpus): number {
  const alike = [...term.others, ...relativesOf(term, candidate)];
  const occurrences = weigh(candidate, term.lexemes) + LIKENESS * weigh(candidate, alike);
  if (occurrences === 0) return 0;
  const norm = 1 - B + (B * candidate.length) / Math.max(1, corpus.lengthAverage);
  return term.weight * rarityOf(term, corpus) * ((occurrences * (K1 + 1)) / (occurrences + K1 * norm));
}

/** BM25's idf: never negative, so that a word of every document does no harm. */
export function rarityOf({ lexemes, others, root }: SoughtTerm, { documents, frequencies }: Corpus): number {
  const of = (lexeme: string): number => frequencies.get(lexeme) ?? 0;
  const own = Math.max(1, ...lexemes.map(of), root === null ? 0 : of(`${root}*`));
  const frequency = others.reduce((sum, other) => sum + of(other), own);
  return Math.log(1 + (Math.max(documents, frequency) - frequency + 0.5) / (frequency + 0.5));
}

function relativesOf({ root, lexemes, others }: SoughtTerm, { matches }: Candidate): string[] {
  if (root === null) return [];
  const isRelative = (lexeme: string): boolean => lexeme.startsWith(root) && lexeme.length <= root.length + ENDING_CHARS_MAX && /^\p{L}+$/u.test(lexeme);
  return Object.keys(matches).filter((lexeme) => isRelative(lexeme) && !lexemes.includes(lexeme) && !others.includes(lexeme));
}

function weigh({ matches }: Candidate, lexemes: readonly string[]): number {
  return lexemes.reduce((sum, lexeme) => sum + Array.from(matches[lexeme]?.weights ?? '', (place) => PLACE_WEIGHT[place] ?? 1).reduce((a, b) => a + b, 0), 0);
}
