import { editDistance } from '../terms/edit-distance.js';

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

export function isRare(documents: number): boolean {
  return documents <= FEW_DOCUMENTS;
}

/** What of a vocabulary, each word with the documents it stands in, is meant by a word that stands in so few: the nearest, the most frequent first. */
export function similarWords(word: string, documents: number, vocabulary: ReadonlyMap<string, number>): string[] {
  const max = word.length >= LONG_CHARS ? 2 : 1;
  const near = [...vocabulary].filter(([other, of]) => other !== word && mayBeMisspelt(other) && of >= Math.max(1, MANY_TIMES * documents)).map(([other, of]) => ({ other, of, distance: editDistance(word, other, max) }));
  const least = Math.min(max, ...near.map(({ distance }) => distance));
  return near.filter(({ distance }) => distance === least).sort((a, b) => b.of - a.of || (a.other < b.other ? -1 : 1)).slice(0, SIMILAR_MAX).map(({ other }) => other);
}
