import { likeness, termsOf } from '../consolidation/terms.js';
import { listedUpTo } from '../rules/text.js';
import { found, type Found } from './lint-codes.js';
import type { PageFacts } from './page-facts.js';
import { sketchLikeness } from './shingles.js';

/** Texts that have this much in common say the same. */
const TEXT_LIKENESS_MIN = 0.8;
const TITLE_LIKENESS_MIN = 0.9;
/** A title of fewer words is no subject. */
const TITLE_TERMS_MIN = 3;
/** So many of the least hashes lead from a page to those like it: of texts that are alike by 0.8, all but a few in a million share one of eight. */
const KEYS_PER_TEXT = 8;
/** What more pages than this have in common is boilerplate, and tells nothing: so work grows with the pages, not with their square. */
const BUCKET_PAGES_MAX = 40;
const OTHERS_TOLD_MAX = 4;

/** Groups of pages with the same subject or the same text. Of sessions many are alike by nature. */
export function duplicates(pages: readonly PageFacts[]): Found[] {
  const compared = pages.filter(({ kind, path, isSuperseded }) => kind !== 'session' && kind !== 'report' && !isSuperseded && !path.startsWith('conflicts/'));
  const groups = new Groups();
  for (const [a, b] of pairsOf(compared.map(({ sketch }) => [...sketch.subarray(0, KEYS_PER_TEXT)]))) {
    if (sketchLikeness(compared[a]!.sketch, compared[b]!.sketch) >= TEXT_LIKENESS_MIN) groups.join(a, b);
  }
  const titles = compared.map(({ title }) => termsOf(title));
  for (const [a, b] of pairsOf(titles.map((terms) => (terms.size < TITLE_TERMS_MIN ? [] : [...terms])))) {
    if (compared[a]!.kind === compared[b]!.kind && likeness(titles[a]!, titles[b]!) >= TITLE_LIKENESS_MIN) groups.join(a, b);
  }
  return groups.all().map((group) => described(group.map((index) => compared[index]!)));
}

function described(group: readonly PageFacts[]): Found {
  const paths = group.map(({ path }) => path).toSorted();
  return found('duplicate', paths, `says what ${listedUpTo(paths.slice(1), OTHERS_TOLD_MAX)} ${paths.length > 2 ? 'say' : 'says'}`, paths.slice(1).join(' '));
}

/** Pairs of items that share a key, each once; keys that too many share are passed over. */
function* pairsOf<K>(keysOf: readonly (readonly K[])[]): Generator<[number, number]> {
  const buckets = new Map<K, number[]>();
  for (const [index, keys] of keysOf.entries()) for (const key of keys) buckets.set(key, [...(buckets.get(key) ?? []), index].slice(0, BUCKET_PAGES_MAX + 1));
  const seen = new Set<number>();
  for (const bucket of buckets.values()) {
    if (bucket.length > BUCKET_PAGES_MAX) continue;
    for (const [place, a] of bucket.entries()) {
      for (const b of bucket.slice(place + 1)) {
        const pair = a * keysOf.length + b;
        if (!seen.has(pair)) yield [a, b];
        seen.add(pair);
      }
    }
  }
}

/** Items that belong together, directly or through others. */
class Groups {
  readonly #groupOf = new Map<number, Set<number>>();

  join(a: number, b: number): void {
    const joined = new Set([...(this.#groupOf.get(a) ?? [a]), ...(this.#groupOf.get(b) ?? [b])]);
    for (const item of joined) this.#groupOf.set(item, joined);
  }

  all(): number[][] {
    return [...new Set(this.#groupOf.values())].map((group) => [...group]);
  }
}
