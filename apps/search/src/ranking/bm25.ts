import type { Candidate, Corpus, Occurrences, Sought, SoughtTerm } from './candidate.js';
import { meanings } from './meanings.js';

/** How soon more occurrences stop counting, and how much a long document must make up for its length. */
const K1 = 1.5;
const B = 0.75;
/** What ever so many occurrences count for, where one would count for one in a document without a length. */
export const GAIN = K1 + 1;
/** What an occurrence counts for, by where it stands: title, names, body. The index keeps sums of them, in halves (src/segments/occurrences.ts): a change needs it to be built anew. */
export const PLACE_WEIGHT: Readonly<Record<string, number>> = { A: 4, B: 1.5, D: 1 };

/** The share of the second opinion; see `divergence`. */
const DIVERGENCE = 0.3;
/** Brings the second opinion to about the height of the first. */
const DIVERGENCE_SCALE = 0.5;
/** A text of nothing but the term would have no probability left. */
const OCCURRENCE_SHARE_MAX = 0.999;

/**
 * How much each term says for a document: mostly Okapi BM25, partly divergence from randomness, which was measured to err
 * elsewhere. Occurrences are weighted by place and likeness. Zero where the document holds nothing of the term.
 */
export function termScores({ terms }: Sought, candidate: Candidate, corpus: Corpus): number[] {
  const occurrences = terms.map(() => 0);
  for (const lexeme in candidate.matches) {
    const weight = weigh(candidate.matches[lexeme]!);
    for (const { term, likeness } of meanings(terms, lexeme)) occurrences[term]! += likeness * weight;
  }
  return terms.map((term, index) => (occurrences[index] === 0 ? 0 : term.weight * opinion(occurrences[index]!, term, candidate, corpus)));
}

function opinion(occurrences: number, term: SoughtTerm, candidate: Candidate, corpus: Corpus): number {
  return (1 - DIVERGENCE) * okapi(occurrences, term, candidate, corpus) + DIVERGENCE * divergence(occurrences, term, candidate, corpus);
}

/** What share of a term's rarity a document gets that holds it so often: it rises with the occurrences, ever more slowly, and falls with the length. */
export function saturation(occurrences: number, length: number, lengthAverage: number): number {
  return saturated(occurrences, length, lengthNorm(lengthAverage));
}

/** The same, with what lengths come to in the collection. */
export function saturated(occurrences: number, length: number, { least, perWord }: LengthNorm): number {
  return (occurrences * GAIN) / (occurrences + (least + perWord * length));
}

/** What a length comes to: so much at least, and so much for each word. */
export interface LengthNorm {
  readonly least: number;
  readonly perWord: number;
}

/** Of documents that are so long on the average. */
export function lengthNorm(lengthAverage: number): LengthNorm {
  return { least: K1 * (1 - B), perWord: (K1 * B) / Math.max(1, lengthAverage) };
}

/** BM25's idf: never negative, so that a word of every document does no harm. */
export function rarityOf(term: SoughtTerm, corpus: Corpus): number {
  return countsOf(term, corpus).rarity;
}

/** What is the same for each of some hundred candidates. */
interface Counts {
  frequency: number;
  rarity: number;
}

/** Of the corpus that was asked of last: some hundred candidates in a row have the same. */
let counted: { corpus: Corpus | undefined; counts: Map<SoughtTerm, Counts> } = { corpus: undefined, counts: new Map() };

function countsOf(term: SoughtTerm, corpus: Corpus): Counts {
  if (counted.corpus !== corpus) counted = { corpus, counts: new Map() };
  const known = counted.counts.get(term);
  if (known) return known;
  const frequency = frequencyOf(term, corpus);
  const counts = { frequency, rarity: Math.log(1 + (Math.max(corpus.documents, frequency) - frequency + 0.5) / (frequency + 0.5)) };
  counted.counts.set(term, counts);
  return counts;
}

function okapi(occurrences: number, term: SoughtTerm, { length }: Candidate, corpus: Corpus): number {
  return rarityOf(term, corpus) * saturation(occurrences, length, corpus.lengthAverage);
}

/** DPH of Amati's divergence from randomness, without parameters; the documents that hold the term stand in for its occurrences in all of them. */
function divergence(occurrences: number, term: SoughtTerm, candidate: Candidate, corpus: Corpus): number {
  const { documents, lengthAverage } = corpus;
  const length = Math.max(1, candidate.length);
  const share = Math.min(OCCURRENCE_SHARE_MAX, occurrences / (length + occurrences));
  const expected = (length / Math.max(1, lengthAverage)) * (Math.max(countsOf(term, corpus).frequency, occurrences) / Math.max(1, documents));
  const surprise = occurrences * Math.log2(occurrences / expected) + 0.5 * Math.log2(2 * Math.PI * occurrences * (1 - share));
  return DIVERGENCE_SCALE * Math.max(0, ((1 - share) ** 2 / (occurrences + 1)) * surprise);
}

function frequencyOf({ lexemes, others, root }: SoughtTerm, { frequencies }: Corpus): number {
  const of = (lexeme: string): number => frequencies.get(lexeme) ?? 0;
  const own = Math.max(1, ...lexemes.map(of), root === null ? 0 : of(`${root}*`));
  return others.reduce((sum, other) => sum + of(other), own);
}

function weigh({ weights }: Occurrences): number {
  // By far most stand in the body, once.
  if (weights === 'D') return PLACE_WEIGHT.D!;
  let sum = 0;
  for (const place of weights) sum += PLACE_WEIGHT[place] ?? 1;
  return sum;
}
