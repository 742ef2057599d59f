import { type GeneratedText, QUERY_KINDS, type QueryKind } from './generated-text.js';
import { closedLoop, type Latencies, openLoop } from './latencies.js';

/** What answers queries; `processorSeconds` is what it has taken of the processors so far. */
export interface Asked {
  name: string;
  ask(query: string): unknown;
  processorSeconds?(): number;
}

export interface Plan {
  /** Measured, of each kind, each asked once in each way. */
  queries: number;
  /** Others of the same kinds that are asked before, so that code is compiled and what is always needed is in memory. */
  warmUp: Record<QueryKind, number>;
  /** In the open loop, of these kinds. */
  perSecond: number;
  openLoopOf: readonly QueryKind[];
}

/** By kind: one after the other, and so many a second. */
export type Measured = Record<QueryKind, { oneByOne: Latencies; openLoop: Latencies | null }>;

export const TITLES = `${''.padEnd(44)}${['p50 ms', 'p95 ms', 'p99 ms', 'max ms'].map((title) => title.padStart(9)).join('')}${'CPU s/1,000'.padStart(12)}`;

export function print(what: string, { p50, p95, p99, max }: Latencies, cpu?: number): void {
  const cells = [p50, p95, p99, max].map((value) => value.toFixed(1).padStart(9)).join('');
  console.log(`${what.padEnd(44)}${cells}${cpu === undefined ? '' : cpu.toFixed(1).padStart(12)}`);
}

/** Queries rotate from 1 to 12 words; none is asked before it is measured. */
export async function measureQueries({ name, ask, processorSeconds }: Asked, text: GeneratedText, { queries, warmUp, perSecond, openLoopOf }: Plan): Promise<Measured> {
  for (const kind of QUERY_KINDS) await closedLoop(warmUp[kind], (index) => ask(text.query(kind, 2 * queries + index)));
  const measured: Partial<Measured> = {};
  for (const kind of QUERY_KINDS) {
    const before = processorSeconds?.() ?? 0;
    const oneByOne = await closedLoop(queries, (index) => ask(text.query(kind, index)));
    print(`${name}, ${kind} words, one by one`, oneByOne, processorSeconds && (1_000 * (processorSeconds() - before)) / queries);
    const open = openLoopOf.includes(kind) ? await openLoop(queries, perSecond, async (index) => ask(text.query(kind, queries + index))) : null;
    if (open) print(`${name}, ${kind} words, ${perSecond} a second`, open);
    measured[kind] = { oneByOne, openLoop: open };
  }
  return measured as Measured;
}

/** How long an answer takes to a query without a word to look for: who asks, what they may read, and the way there and back. */
export async function measureDoor({ name, ask }: Asked, { queries, warmUp }: Plan): Promise<Latencies> {
  await closedLoop(warmUp.rare, () => ask(NO_WORDS));
  const door = await closedLoop(queries, () => ask(NO_WORDS));
  print(`${name}, nothing to look for, one by one`, door);
  return door;
}

const NO_WORDS = '?!';
const RATIO_MAX: Record<QueryKind, number> = { common: 1, mixed: 1.5, rare: 1.5 };
const WARM_P95_MS_MAX = 50;

/** What was promised, and what is: p95 against that of FTS5 behind a door of the same kind, and in milliseconds. */
export function printRatios(ours: Measured, theirs: Measured, door: Latencies): void {
  for (const kind of QUERY_KINDS) {
    const [one, other] = [ours[kind], theirs[kind]];
    const ratio = one.oneByOne.p95 / other.oneByOne.p95;
    const open = one.openLoop && other.openLoop ? `, ${(one.openLoop.p95 / other.openLoop.p95).toFixed(2)} times in the open loop` : '';
    console.log(`p95 of ${kind} words: ${ratio.toFixed(2)} times FTS5's${open} (at most ${RATIO_MAX[kind]}: ${said(ratio <= RATIO_MAX[kind])}); ${one.oneByOne.p95.toFixed(1)} ms (under ${WARM_P95_MS_MAX}: ${said(one.oneByOne.p95 < WARM_P95_MS_MAX)})`);
  }
  console.log(`p95 of ours with nothing to look for: ${(door.p95 / theirs.rare.oneByOne.p95).toFixed(2)} times FTS5's of rare words`);
}

export function said(isMet: boolean): string {
  return isMet ? 'met' : 'not met';
}
