/** A page of then, and how much of what is looked for it seems to hold. */
interface PastCandidate {
  path: string;
  score: number;
}

/** What stands in a path counts as often as a title does. */
const PATH_OCCURRENCES = 3;

/** The paths, best first: of those that hold more of the words, rarer ones, and more often. A rough order: it only decides what is looked at. */
export function pastCandidates(paths: readonly string[], occurrences: readonly (readonly [path: string, word: string])[], words: readonly string[]): string[] {
  const counts = new Map<string, Map<string, number>>();
  const note = (word: string, path: string, times: number): void => {
    const ofWord = counts.get(word) ?? counts.set(word, new Map()).get(word)!;
    ofWord.set(path, (ofWord.get(path) ?? 0) + times);
  };
  for (const [path, word] of occurrences) note(word, path, 1);
  for (const word of words) for (const path of paths) if (path.toLowerCase().includes(word)) note(word, path, PATH_OCCURRENCES);
  const scores = new Map<string, number>();
  for (const ofWord of counts.values()) {
    const rarity = Math.log(1 + paths.length / ofWord.size);
    for (const [path, times] of ofWord) scores.set(path, (scores.get(path) ?? 0) + (rarity * times) / (times + 1));
  }
  const known = new Set(paths);
  const candidates: PastCandidate[] = Array.from(scores, ([path, score]) => ({ path, score })).filter(({ path }) => known.has(path));
  return candidates.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
}
