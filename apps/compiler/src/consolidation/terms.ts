/** English words too common to tell anything; in other languages short words are left out alone. */
const COMMON = new Set(`about above after again also and any are because been before being both but can cannot could did does doing done each else ever for from had has have having
  here how into its just like made make many may more most must need not now off once one only onto other our out over own same see seen set should since some such than that the their them
  then there these they this those through too two under until use used uses using very was were what when where which while who why will with without would yet you your`.split(/\s+/));

const CHARS_MIN = 3;
/** Words that begin alike count as forms of one. */
const STEM_CHARS = 6;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** What a text is about: its uncommon words in their first letters, numbers of two digits or more, and the parts of names. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  const plain = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_/.-]+/g, ' ').toLowerCase();
  for (const { segment, isWordLike } of segmenter.segment(plain)) {
    if (!isWordLike || COMMON.has(segment)) continue;
    const isNumber = /^\d+$/.test(segment);
    const isDense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(segment);
    if (segment.length >= (isNumber ? 2 : isDense ? 1 : CHARS_MIN)) terms.add(isNumber ? segment : segment.slice(0, STEM_CHARS));
  }
  return terms;
}

/** How much of `terms` is in `others`, from 0 to 1. */
export function shareIn(terms: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (terms.size === 0) return 0;
  return [...terms].filter((term) => others.has(term)).length / terms.size;
}

/** How alike two texts are: terms that both have, of all that either has. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((term) => b.has(term)).length;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}
