const SHINGLE_WORDS = 5;
const SKETCH_HASHES_MAX = 64;
/** Less text than this says too little to be told from other short texts. */
const SHINGLES_MIN = 12;
/** Of a very long page the beginning stands for all of it. */
const CHARS_MAX = 32_768;

const WORD = /[\p{L}\p{N}]+/gu;

/**
 * A text in the least hashes of its runs of five words, in order: texts with the same runs have the same sketch, whatever
 * their case and punctuation. Empty for text that is too short to tell. Takes time in proportion to the text.
 */
export function sketchOf(text: string): Uint32Array {
  const words = Array.from(text.slice(0, CHARS_MAX).toLowerCase().matchAll(WORD), (match) => hashOf(match[0]));
  const hashes = new Set<number>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at += 1) hashes.add(runHash(words, at));
  if (hashes.size < SHINGLES_MIN) return new Uint32Array();
  return Uint32Array.from(hashes).sort().slice(0, SKETCH_HASHES_MAX);
}

/** How much of two texts is the same, from 0 to 1, judged by the least hashes of both together. */
export function sketchLikeness(a: Uint32Array, b: Uint32Array): number {
  let [i, j, both, seen] = [0, 0, 0, 0];
  const sample = Math.min(SKETCH_HASHES_MAX, Math.max(a.length, b.length));
  while (seen < sample && (i < a.length || j < b.length)) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    if (left === right) both += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
    seen += 1;
  }
  return seen === 0 ? 0 : both / seen;
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Mixed at the end, since the least of hashes that lie close together stand for nothing. */
function runHash(words: readonly number[], at: number): number {
  let hash = 0;
  for (let place = at; place < at + SHINGLE_WORDS; place += 1) hash = Math.imul(hash ^ words[place]!, 0x9e3779b1) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
