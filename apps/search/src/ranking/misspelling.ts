import { editDistance } from '../terms/edit-distance.js';
import { letterBit, NOT_ASCII } from '../terms/letter-bits.js';

/** In how many documents a word may stand that is still taken for a mistake, where one like it stands in so many times as many: prompts have mistakes too. */
const FEW_DOCUMENTS = 1;
const MANY_TIMES = 10;
/** In a shorter word every other letter makes another word. */
const CHARS_MIN = 5;
/** From this length on two letters may be wrong. */
const LONG_CHARS = 8;
const SIMILAR_MAX = 3;

export function mayBeMisspelt(word: string): boolean {
  return word.length >= CHARS_MIN && /^\p{L}+$/u.test(word);
}

/**
 * For words as the bits of their letters (`letterBit`) and their length in bytes of UTF-8: false only for what is no word that `similarWords` takes for this
 * one. A letter more, less or another changes which letters there are by at most two.
 */
export function mayBeSimilarTo(word: string): (letters: number, length: number) => boolean {
  const [max, own] = [lettersWrongMax(word), lettersIn(Buffer.from(word))];
  return (letters, length) => {
    if (length < CHARS_MIN || length < word.length - max) return false;
    return ((letters | own) & NOT_ASCII) !== 0 || (length <= word.length + max && bitsIn(letters ^ own) <= 2 * max);
  };
}

function lettersIn(word: Uint8Array): number {
  return word.reduce((letters, byte) => letters | letterBit(byte), 0);
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

export function isRare(documents: number): boolean {
  return documents <= FEW_DOCUMENTS;
}

/** What of a vocabulary, each word with the documents it stands in, is meant by a word that stands in so few: the nearest, the most frequent first. */
export function similarWords(word: string, documents: number, vocabulary: ReadonlyMap<string, number>): string[] {
  const max = lettersWrongMax(word);
  const near = [...vocabulary].filter(([other, of]) => other !== word && mayBeMisspelt(other) && of >= Math.max(1, MANY_TIMES * documents)).map(([other, of]) => ({ other, of, distance: editDistance(word, other, max) }));
  const least = Math.min(max, ...near.map(({ distance }) => distance));
  return near.filter(({ distance }) => distance === least).sort((a, b) => b.of - a.of || (a.other < b.other ? -1 : 1)).slice(0, SIMILAR_MAX).map(({ other }) => other);
}

function lettersWrongMax(word: string): number {
  return word.length >= LONG_CHARS ? 2 : 1;
}
