import { type LengthNorm, lengthNorm, saturated } from '../ranking/bm25.js';
import type { PostingList } from './posting-list.js';
import { addOccurrences, addScores, addSummed, type Window } from './score-loops.js';
import { Sums } from './sums.js';

/** A term of the query in one segment: what a document gains by it at most, and the lists it is found in, each with how much an occurrence counts for. */
export interface ScoredTerm {
  value: number;
  lists: readonly { list: PostingList; likeness: number }[];
}

/** What is scored: the terms that stand in a segment, and how long its documents are. */
export interface ScoredSegment {
  terms: readonly ScoredTerm[];
  documents: number;
  /** By ordinal. */
  lengths: Uint16Array;
}

export interface Scored {
  segment: number;
  ordinal: number;
  score: number;
}

/** Documents that are scored together. In fewer, upper bounds are closer; in more, there is less to do for each. */
const WINDOW = 2_048;
/** To look one document up in a list costs as much as to read so many of it. */
const LOOK_UP = 4;
/** Of fewer places it is quicker to sort them than to look at all. */
const FEW_PLACES = 64;
/** Of more it is quicker not even to remember which: whether a place is new is a guess that the processor gets wrong. */
const MANY_PLACES = 256;
/** Sums in another order differ by as much; no document is passed over for it. */
const ROUNDING = 1 + 1e-9;

/**
 * The `howMany` documents with the highest BM25, in no order; the last segment is the newest, and of equal documents the newer is
 * kept. Exact, by MaxScore (Turtle and Flood) over windows with the bounds of their blocks: in each window the terms that
 * together could not lift a document among the best are looked up only for documents that another term has brought near.
 */
export function bestDocuments(segments: readonly ScoredSegment[], lengthAverage: number, howMany: number): Scored[] {
  const best = new Best(howMany);
  const [norm, window] = [lengthNorm(lengthAverage), new WindowMemory()];
  for (let segment = segments.length - 1; segment >= 0; segment -= 1) new Scoring(segments[segment]!, segment, norm, best, window).run();
  return best.all();
}

/** What is known of the documents of one window; the same memory for all of a query. */
class WindowMemory {
  readonly scores = new Sums(WINDOW);
  readonly occurrences = new Sums(WINDOW);
  /** Places that may still be among the best. */
  readonly near = new Int32Array(WINDOW);
}

class Scoring {
  private readonly scores: Sums;

  constructor(
    private readonly scored: ScoredSegment, private readonly segment: number, private readonly norm: LengthNorm, private readonly best: Best, private readonly memory: WindowMemory,
  ) {
    this.scores = memory.scores;
  }

  /** Windows begin where something is: rare terms leave most of a segment out. */
  run(): void {
    this.scores.isDense = sizeOf(this.scored.terms) * WINDOW > MANY_PLACES * this.scored.documents;
    for (let from = this.nextFrom(0); from < this.scored.documents; ) {
      const to = Math.min(from + WINDOW, this.scored.documents);
      this.window(from, to);
      from = this.nextFrom(to);
    }
  }

  private nextFrom(from: number): number {
    let next = Infinity;
    for (const { lists } of this.scored.terms) for (const { list } of lists) next = Math.min(next, list.nextFrom(from));
    return next;
  }

  private window(from: number, to: number): void {
    const bounds = this.scored.terms.map((term) => ({ term, bound: this.boundOf(term, from, to) })).filter(({ bound }) => bound > 0).sort((a, b) => a.bound - b.bound);
    // What the terms up to each could add together.
    let sum = 0;
    const reachable = bounds.map(({ bound }) => (sum += bound * ROUNDING));
    const optional = reachable.findIndex((bound) => bound >= this.best.threshold);
    if (optional < 0) return;
    for (const { term } of bounds.slice(optional)) this.addAll(term, from, to);
    let near = this.survivors(to - from, reachable[optional - 1] ?? 0);
    for (let index = optional - 1; index >= 0 && near.length > 0; index -= 1) near = this.addNear(near, bounds[index]!.term, from, to, reachable[index - 1] ?? 0);
    for (const place of near) this.best.offer(this.segment, from + place, this.scores.values[place]!);
    this.scores.clear();
  }

  private boundOf({ value, lists }: ScoredTerm, from: number, to: number): number {
    let [occurrences, length] = [0, Infinity];
    for (const { list, likeness } of lists) {
      const bound = list.boundWithin(from, to);
      if (!bound) continue;
      occurrences += likeness * bound.occurrences;
      length = Math.min(length, bound.length);
    }
    return occurrences === 0 ? 0 : value * saturated(occurrences, length, this.norm);
  }

  private addAll({ value, lists }: ScoredTerm, from: number, to: number): void {
    const [{ scores, memory: { occurrences } }, window] = [this, this.windowFrom(from)];
    if (lists.length === 1) {
      const [{ list, likeness }] = lists as [ScoredTerm['lists'][number]];
      while (list.nextWithin(from, to)) addScores(scores, list, window, value, likeness);
      return;
    }
    for (const { list, likeness } of lists) while (list.nextWithin(from, to)) addOccurrences(occurrences, list, from, likeness);
    addSummed(scores, occurrences, window, value);
    occurrences.clear();
  }

  private windowFrom(from: number): Window {
    return { from, lengths: this.scored.lengths, norm: this.norm };
  }

  /** In rising order, what `more` could lift among the best. */
  private survivors(size: number, more: number): Int32Array {
    const { scores: { values, places, size: filled, isDense }, near } = this.memory;
    const enough = Math.max(Number.MIN_VALUE, this.enough(more));
    let found = 0;
    if (isDense || filled > FEW_PLACES) {
      for (let place = 0; place < size; place += 1) if (values[place]! >= enough) near[found++] = place;
      return near.subarray(0, found);
    }
    for (let index = 0; index < filled; index += 1) if (values[places[index]!]! >= enough) near[found++] = places[index]!;
    return near.subarray(0, found).sort();
  }

  /** Adds the term to these, and returns those that `more` could still lift. What is added to others does not matter: they are offered no more. */
  private addNear(places: Int32Array, term: ScoredTerm, from: number, to: number, more: number): Int32Array {
    const expected = (term.lists.reduce((sum, { list }) => sum + list.documents, 0) * (to - from)) / this.scored.documents;
    if (LOOK_UP * term.lists.length * places.length < expected) this.addTo(places, term, from);
    else this.addAll(term, from, to);
    const { scores: { values } } = this;
    const enough = this.enough(more);
    let found = 0;
    for (const place of places) if (values[place]! >= enough) places[found++] = place;
    return places.subarray(0, found);
  }

  private addTo(places: Int32Array, { value, lists }: ScoredTerm, from: number): void {
    const { scores: { values }, norm, scored: { lengths } } = this;
    for (const place of places) {
      let occurrences = 0;
      for (const { list, likeness } of lists) occurrences += likeness * list.occurrencesIn(from + place);
      if (occurrences > 0) values[place]! += value * saturated(occurrences, lengths[from + place]!, norm);
    }
  }

  /** What a document must have before `more` is added to it. */
  private enough(more: number): number {
    return this.best.threshold / ROUNDING - more;
  }
}

function sizeOf(terms: readonly ScoredTerm[]): number {
  return terms.reduce((sum, { lists }) => lists.reduce((postings, { list }) => postings + list.documents, sum), 0);
}

/** A heap of the best, the worst of them on top. */
class Best {
  private readonly heap: Scored[] = [];

  constructor(private readonly howMany: number) {}

  /** What a document must reach to get in. */
  get threshold(): number {
    return this.heap.length < this.howMany ? 0 : this.heap[0]!.score;
  }

  all(): Scored[] {
    return this.heap;
  }

  offer(segment: number, ordinal: number, score: number): void {
    const scored = { segment, ordinal, score };
    if (this.heap.length < this.howMany) {
      this.heap.push(scored);
      this.rise(this.heap.length - 1);
    } else if (isWorse(this.heap[0]!, scored)) {
      this.heap[0] = scored;
      this.sink(0);
    }
  }

  private rise(at: number): void {
    for (let place = at; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (!isWorse(this.heap[place]!, this.heap[parent]!)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  private sink(at: number): void {
    for (let place = at; ; ) {
      let worst = place;
      for (const child of [2 * place + 1, 2 * place + 2]) if (child < this.heap.length && isWorse(this.heap[child]!, this.heap[worst]!)) worst = child;
      if (worst === place) return;
      this.swap(place, worst);
      place = worst;
    }
  }

  private swap(one: number, other: number): void {
    [this.heap[one], this.heap[other]] = [this.heap[other]!, this.heap[one]!];
  }
}

function isWorse(one: Scored, other: Scored): boolean {
  return one.score < other.score || (one.score === other.score && (one.segment < other.segment || (one.segment === other.segment && one.ordinal < other.ordinal)));
}
