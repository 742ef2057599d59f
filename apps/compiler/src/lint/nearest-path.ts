/** Names less alike than this, from 0 to 1, are of different things. */
const LIKENESS_MIN = 0.5;
/** What lying in the folder that was written down counts for. */
const SAME_FOLDER = 0.15;
/** Paths that are compared for one look-up, those with rare trigrams in common first. */
const CANDIDATES_MAX = 300;

/** Finds the path that somebody may have meant. Made once for all paths; the work of a look-up is bounded. */
export class NearestPath {
  readonly #paths: readonly string[];
  readonly #byTrigram = new Map<string, number[]>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    for (const [index, path] of paths.entries()) {
      for (const trigram of trigramsOf(nameOf(path))) {
        const others = this.#byTrigram.get(trigram);
        if (others) others.push(index);
        else this.#byTrigram.set(trigram, [index]);
      }
    }
  }

  /** The path whose file name is most like that of `missing`; null where none is. */
  find(missing: string): string | null {
    const trigrams = trigramsOf(nameOf(missing));
    let best: { path: string; likeness: number } | undefined;
    for (const index of this.#candidates(trigrams)) {
      const path = this.#paths[index]!;
      const likeness = shareOf(trigrams, trigramsOf(nameOf(path))) + (folderOf(path) === folderOf(missing) ? SAME_FOLDER : 0);
      if (best === undefined || likeness > best.likeness || (likeness === best.likeness && path < best.path)) best = { path, likeness };
    }
    return best && best.likeness >= LIKENESS_MIN ? best.path : null;
  }

  #candidates(trigrams: ReadonlySet<string>): Set<number> {
    const buckets = [...trigrams].flatMap((trigram) => [this.#byTrigram.get(trigram) ?? []]).toSorted((a, b) => a.length - b.length);
    const candidates = new Set<number>();
    for (const bucket of buckets) for (const index of bucket.slice(0, CANDIDATES_MAX - candidates.size)) candidates.add(index);
    return candidates;
  }
}

/** What two names have in common, from 0 to 1. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((trigram) => b.has(trigram)).length) / (a.size + b.size);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function trigramsOf(name: string): Set<string> {
  const padded = ` ${name} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_value, at) => padded.slice(at, at + 3)));
}
