import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { TenantTx } from '#libs/database';
import type * as worker from '../segments/merging.worker.js';
import { buildSegment } from '../segments/segment-builder.js';
import { mergeSegments } from '../segments/segment-merge.js';
import { BackgroundThread } from './background-thread.js';
import { ownMemory } from './bytes-between-threads.js';

const thread = new BackgroundThread<typeof worker>(new URL('../segments/merging.worker.js', import.meta.url));
const query = vi.fn(async () => []);
const tx = { query } as unknown as TenantTx;

afterAll(() => thread.close());
afterEach(() => vi.useRealTimers());

describe('a background thread', () => {
  it('comes to what the function of its worker comes to; what is moved to it is no longer here', async () => {
    const [sources, same] = [[whole(0, 2_000), whole(2_000, 10)], [whole(0, 2_000), whole(2_000, 10)]];
    const merged = await thread.run(tx, 'merge', { sources, removed: new Set([3]) }, sources.flatMap(({ bytes }) => ownMemory(bytes)));
    const expected = mergeSegments(same, new Set([3]))!;
    expect([Buffer.from(merged!.bytes).equals(expected.bytes), merged!.layout]).toEqual([true, expected.layout]);
    expect(sources.map(({ bytes }) => bytes.length)).toEqual([0, same[1]!.bytes.length]);
  });

  it('keeps the transaction alive while it waits, and not after', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const running = thread.run(tx, 'merge', { sources: [whole(0, 1)], removed: new Set<number>() });
    vi.advanceTimersByTime(7_000);
    await running;
    vi.advanceTimersByTime(7_000);
    expect(query.mock.calls).toEqual([['SELECT 1'], ['SELECT 1']]);
  });

  it('fails as the function fails, and goes on', async () => {
    await expect(thread.run(tx, 'merge', { sources: [{ ...whole(0, 5), bytes: Buffer.alloc(3) }], removed: new Set<number>() })).rejects.toThrow(RangeError);
    expect(await thread.run(tx, 'merge', { sources: [whole(0, 1)], removed: new Set([0]) })).toBeNull();
  });
});

/** So many documents, numbered from `first`. */
function whole(first: number, documents: number): Parameters<typeof mergeSegments>[0][number] {
  const entries = Array.from({ length: documents }, (_, index) => ({
    key: `page-${first + index}`, length: 2, number: first + index, lexemes: new Map([[`word${index}`, { positions: [1], weights: 'D' }], ['common', { positions: [2], weights: 'D' }]]),
    facts: { kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 1.7e12 + index, sessionId: null, sequence: null, textHash: null },
  }));
  const { firstNumber, lastNumber, layout, bytes } = buildSegment(entries);
  return { segment: { segmentId: `segment-${first}`, projectId: 'project', firstNumber, lastNumber, layout }, bytes };
}
