/** Texts as many as one likes, the same for the same seed: words by Zipf's law out of a large vocabulary, and names that programs are made of. */
export interface GeneratedText {
  /** The document of this number; each can be made by itself. */
  document(index: number): string;
  query(kind: QueryKind, index: number): string;
}

export type QueryKind = 'rare' | 'common' | 'mixed';
export const QUERY_KINDS: readonly QueryKind[] = ['rare', 'common', 'mixed'];

const VOCABULARY = 200_000;
/** Natural text lies about here; the first ranks are those of stop-words, which are left out. */
const ZIPF_EXPONENT = 1.05;
const ZIPF_SHIFT = 8;
/** Words of a text: log-normal, from a few to a thousand. */
const LENGTH = { median: 45, spread: 0.8, min: 3, max: 1_000 };
const IDENTIFIER_SHARE = 0.06;
/** Names, paths and flags that a project has; the same ones come again and again. */
const IDENTIFIERS = 20_000;
const QUERY_WORDS_MAX = 12;
/** By rank: a common word stands in some 3 to 30 % of the documents, a rare one in a few of a hundred thousand. */
const COMMON_RANKS: readonly [number, number] = [0, 60];
const RARE_RANKS: readonly [number, number] = [20_000, 120_000];
const SYLLABLES = 'ba be bi bo bu da de di do du fa fe fi fo ga ge go ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu pa pe po ra re ri ro ru sa se si so su ta te ti to tu va ve vi wa we za zo'.split(' ');
const ENDINGS = ['', '', '', 'n', 'r', 't', 'm', 'ck', 'rd', 'x'];

export function generatedText(seed: number): GeneratedText {
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  const heights = cumulative(Array.from({ length: VOCABULARY }, (_, rank) => (rank + 1 + ZIPF_SHIFT) ** -ZIPF_EXPONENT));
  const draw = (random: () => number): string => words[lowerBound(heights, random() * heights.at(-1)!)]!;
  const names = Array.from({ length: IDENTIFIERS }, (_, index) => identifier(draw, randomOf(seed + 2, index)));
  const nameHeights = heights.subarray(0, IDENTIFIERS);
  const drawName = (random: () => number): string => names[lowerBound(nameHeights, random() * nameHeights.at(-1)!)]!;
  return {
    document: (index) => {
      const random = randomOf(seed, index);
      const length = Math.round(Math.min(LENGTH.max, Math.max(LENGTH.min, LENGTH.median * Math.exp(LENGTH.spread * normal(random)))));
      return Array.from({ length }, () => (random() < IDENTIFIER_SHARE ? drawName(random) : draw(random))).join(' ');
    },
    query: (kind, index) => {
      const random = randomOf(seed + 1, index);
      const pick = ([from, to]: readonly [number, number]): string => words[from + Math.floor(random() * (to - from))]!;
      return Array.from({ length: 1 + (index % QUERY_WORDS_MAX) }, (_, place) => pick(kind === 'rare' || (kind === 'mixed' && place % 2 === 0) ? RARE_RANKS : COMMON_RANKS)).join(' ');
    },
  };
}

/** Of three syllables or more, none twice: they are the digits of the rank, so that few words begin alike. */
function wordOf(rank: number): string {
  const syllables: string[] = [];
  for (let rest = rank + SYLLABLES.length ** 2; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) syllables.push(SYLLABLES[rest % SYLLABLES.length]!);
  return syllables.join('') + ENDINGS[(rank * 7) % ENDINGS.length]!;
}

function identifier(draw: (random: () => number) => string, random: () => number): string {
  const [one, other] = [draw(random), draw(random)];
  return [`${one}${other[0]!.toUpperCase()}${other.slice(1)}`, `src/${one}/${other}.ts`, `${one}_${other}`, `--${one}-${other}`][Math.floor(4 * random())]!;
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number, index: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function cumulative(values: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => (sum += value));
}

function lowerBound(heights: Float64Array, value: number): number {
  let [low, high] = [0, heights.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heights[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
