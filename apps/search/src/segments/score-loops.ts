import { GAIN, type LengthNorm } from '../ranking/bm25.js';
import { WEIGHT_UNITS } from './occurrences.js';
import type { Sums } from './sums.js';

/*
 * Here a query of common words spends its time. Nothing is called in these loops: whether V8 puts a called function in its place depends on what was asked before, and where it does not, such a query takes
 * half as long again. So `saturated` (bm25.ts) and what remembers a place are written out in each.
 */

/** Postings of one term, by index from `start` to before `end`. */
export interface Postings {
  readonly ordinals: Int32Array;
  /** In units. */
  readonly weights: Int32Array;
  readonly start: number;
  readonly end: number;
}

/** Of the documents that are scored: the first of the window, and by ordinal their lengths. */
export interface Window {
  readonly from: number;
  readonly lengths: Uint16Array;
  readonly norm: LengthNorm;
}

/** Adds what each posting's document gains by it; `value` at most. */
export function addScores(scores: Sums, { ordinals, weights, start, end }: Postings, { from, lengths, norm: { least, perWord } }: Window, value: number, likeness: number): void {
  const { values, places, isDense } = scores;
  const perUnit = likeness / WEIGHT_UNITS;
  let size = scores.size;
  for (let index = start; index < end; index += 1) {
    const ordinal = ordinals[index]!;
    const place = ordinal - from;
    const occurrences = perUnit * weights[index]!;
    if (!isDense && values[place] === 0) places[size++] = place;
    values[place]! += value * ((occurrences * GAIN) / (occurrences + (least + perWord * lengths[ordinal]!)));
  }
  scores.size = size;
}

/** Adds up what the lists of one term hold of it. */
export function addOccurrences(occurrences: Sums, { ordinals, weights, start, end }: Postings, from: number, likeness: number): void {
  const { values, places } = occurrences;
  const perUnit = likeness / WEIGHT_UNITS;
  let size = occurrences.size;
  for (let index = start; index < end; index += 1) {
    const place = ordinals[index]! - from;
    if (values[place] === 0) places[size++] = place;
    values[place]! += perUnit * weights[index]!;
  }
  occurrences.size = size;
}

/** As `addScores`, of what was added up. */
export function addSummed(scores: Sums, summed: Sums, { from, lengths, norm: { least, perWord } }: Window, value: number): void {
  const { values, places, isDense } = scores;
  let size = scores.size;
  for (let index = 0; index < summed.size; index += 1) {
    const place = summed.places[index]!;
    const occurrences = summed.values[place]!;
    if (!isDense && values[place] === 0) places[size++] = place;
    values[place]! += value * ((occurrences * GAIN) / (occurrences + (least + perWord * lengths[from + place]!)));
  }
  scores.size = size;
}
