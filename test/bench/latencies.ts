/** In milliseconds. */
export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** One after the other. */
export async function closedLoop(count: number, ask: (index: number) => unknown): Promise<Latencies> {
  const taken: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await ask(index);
    taken.push(performance.now() - startedAt);
  }
  return latenciesOf(taken);
}

/** So many a second, whether those before are answered or not; each counts from when it was due, so that waiting counts too. Adds them to what was `taken` before. */
export async function openLoop(count: number, perSecond: number, ask: (index: number) => Promise<unknown>, taken: number[] = []): Promise<Latencies> {
  const startedAt = performance.now();
  taken.push(...await Promise.all(Array.from({ length: count }, async (_, index) => {
    const dueAt = startedAt + (1_000 * index) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    await ask(index);
    return performance.now() - dueAt;
  })));
  return latenciesOf(taken);
}

export function latenciesOf(taken: readonly number[]): Latencies {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
