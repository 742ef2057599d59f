import type { SoakSample } from './soak-sample.js';

export interface Verdict {
  of: string;
  isGood: boolean;
  /** What was seen. */
  seen: string;
}

/** Resident memory may drift by a tenth from the second quarter to the last; of small parts by so many MiB. */
const DRIFT_MAX = 0.1;
const DRIFT_MIB = 16;
/** Handles and connections come and go by a few. */
const HANDLES_MORE_MAX = 10;
/** Seconds of load that may wait to be indexed. */
const BEHIND_SECONDS_MAX = 5;
/** Tables that hold what has been captured, or follow from it; all others keep their size, give or take what vacuum has not looked at yet. */
const GROWING = /^(capture\.(sessions|observations|ingest_keys)|search\.|wiki\.|memory\.|audit\.)/;
const TABLE_TIMES_MAX = 2;
const TABLE_MORE_BYTES = 4 * 1_024 * 1_024;

/** Of samples at even distances, the first of them at the beginning. What happens in the first quarter is warming up. */
export function verdictsOf(samples: readonly SoakSample[], eventsPerSecond: number): Verdict[] {
  const quarter = Math.floor(samples.length / 4);
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(3 * quarter)];
  const middle = (of: (sample: SoakSample) => number): [number, number] => [median(early.map(of)), median(late.map(of))];
  const last = samples.at(-1)!;
  return [
    ...Object.keys(last.memoryMiB).map((part) => drift(part, middle((sample) => sample.memoryMiB[part] ?? 0))),
    // Postgres keeps files of tables open, up to a bound of its own for each connection.
    ...Object.keys(last.handles).filter((part) => part !== 'postgres').map((part) => steady(`handles of ${part}`, middle((sample) => sample.handles[part] ?? 0))),
    steady('connections', middle(({ connections }) => connections)),
    steady('processes', middle(({ processes }) => processes)),
    steady('awaited locks', middle(({ awaitedLocks }) => awaitedLocks)),
    { of: 'events not indexed', isGood: Math.max(...late.map(({ unindexed }) => unindexed)) <= BEHIND_SECONDS_MAX * eventsPerSecond, seen: `at most ${Math.max(...late.map(({ unindexed }) => unindexed))}` },
    { of: 'dead letters', isGood: last.deadLetters === 0, seen: String(last.deadLetters) },
    ...Object.keys(last.tables).filter((table) => !GROWING.test(table)).map((table) => bounded(table, middle((sample) => sample.tables[table] ?? 0))),
  ];
}

function drift(part: string, [before, after]: [number, number]): Verdict {
  return { of: `memory of ${part}`, isGood: after <= Math.max(before * (1 + DRIFT_MAX), before + DRIFT_MIB), seen: `${before.toFixed(0)} to ${after.toFixed(0)} MiB` };
}

function steady(of: string, [before, after]: [number, number]): Verdict {
  return { of, isGood: after <= before + HANDLES_MORE_MAX, seen: `${before} to ${after}` };
}

function bounded(table: string, [before, after]: [number, number]): Verdict {
  return { of: `table ${table}`, isGood: after <= Math.max(before * TABLE_TIMES_MAX, before + TABLE_MORE_BYTES), seen: `${Math.round(before / 1_024)} to ${Math.round(after / 1_024)} KiB` };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
