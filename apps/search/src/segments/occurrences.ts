import { PLACE_WEIGHT } from '../ranking/bm25.js';
import type { Occurrences } from '../ranking/candidate.js';
import { ByteReader, type ByteWriter } from './bytes.js';

/** Weights of places are kept as integers of this part of an occurrence in the body. */
export const WEIGHT_UNITS = 2;
/** A single occurrence, in the body: by far the most frequent, and kept in the least bytes. */
export const ONE_IN_BODY = WEIGHT_UNITS;
const PLACES = 'ABD';

/** What a lexeme counts for in a document, in units; never as much as `ONE_IN_BODY` but for a single one in the body. */
export function weightOf({ weights }: Occurrences): number {
  if (weights === 'D') return ONE_IN_BODY;
  let sum = 0;
  for (const place of weights) sum += PLACE_WEIGHT[place]!;
  return WEIGHT_UNITS * sum;
}

/** Where that single one stands; else how many there are, and the way from each to the next with its place. */
export function writeOccurrences({ positions, weights }: Occurrences, weight: number, to: ByteWriter): void {
  if (weight === ONE_IN_BODY) return to.varint(positions[0]!);
  to.varint(positions.length);
  positions.forEach((position, index) => to.varint(((position - (positions[index - 1] ?? 0)) << 2) | PLACES.indexOf(weights[index]!)));
}

export function readOccurrences(from: ByteReader, weight: number): Occurrences {
  if (weight === ONE_IN_BODY) return { positions: [from.varint()], weights: 'D' };
  const positions: number[] = [];
  let [position, weights] = [0, ''];
  for (let left = from.varint(); left > 0; left -= 1) {
    const step = from.varint();
    positions.push((position += step >>> 2));
    weights += PLACES[step & 3]!;
  }
  return { positions, weights };
}

export function skipOccurrences(from: ByteReader, weight: number): void {
  from.skip(weight === ONE_IN_BODY ? 1 : from.varint());
}
