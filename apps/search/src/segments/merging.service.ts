import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { Fault, UNAVAILABLE } from '#libs/faults';
import { BackgroundThread } from '../threads/background-thread.js';
import { ownMemory } from '../threads/bytes-between-threads.js';
import { planMerge } from './merge-plan.js';
import type * as worker from './merging.worker.js';
import type { WholeSegment } from './segment-merge.js';
import { type DocumentSet, type SegmentRow, SegmentsRepository } from './segments.repository.js';

/** What a writer merges itself: some milliseconds. More is left to the job. */
const AT_ONCE_DOCUMENTS_MAX = 1_024;
const AT_ONCE_BYTES_MAX = 1_024 * 1_024;
/** A thread takes some 20 MiB. */
const IDLE_MS = 30_000;

/** Keeps segments few. A merge is one transaction: until it ends the old segments serve, and a crash leaves them as they were. */
@Injectable()
export class MergingService implements OnApplicationShutdown {
  private readonly thread = new BackgroundThread<typeof worker>(new URL('./merging.worker.js', import.meta.url), IDLE_MS);

  constructor(private readonly segments: SegmentsRepository) {}

  /** Of `listed` segments, all of a set, merges what takes little time, and says where the rest is due. */
  async mergeSmall(tx: TenantTx, of: DocumentSet, listed: readonly SegmentRow[]): Promise<void> {
    for (let [left, rows] = [listed, planned(listed)]; rows.length > 0; rows = planned(left)) {
      const isSmall = sum(rows, 'documents') <= AT_ONCE_DOCUMENTS_MAX && sum(rows, 'bytes') <= AT_ONCE_BYTES_MAX;
      const merged = isSmall ? await this.merge(tx, of, rows) : null;
      if (!merged) return this.segments.markMergeDue(tx, of, true);
      left = merged;
    }
  }

  /** One merge, however large; false where there is none to do. */
  async mergeNext(tx: TenantTx, of: DocumentSet): Promise<boolean> {
    const rows = planned(await this.segments.listForMerge(tx, of));
    if (rows.length > 0) return (await this.merge(tx, of, rows)) !== null;
    await this.segments.markMergeDue(tx, of, false);
    return false;
  }

  /** Writes anew every segment with documents that are no more, so that none of their words is left. Throws `unavailable` where another process merges one of them. */
  async dropRemoved(tx: TenantTx, of: DocumentSet): Promise<void> {
    const rows = (await this.segments.listForMerge(tx, of)).filter(({ removed }) => removed > 0);
    for (const row of rows) if (!(await this.merge(tx, of, [row]))) throw new Fault(UNAVAILABLE, { retryAfterSeconds: 1 });
  }

  /** Returns the set's segments as they are then; null where another process merges these. */
  private async merge(tx: TenantTx, of: DocumentSet, rows: readonly SegmentRow[]): Promise<SegmentRow[] | null> {
    const [isLocked, sources] = await Promise.all([this.segments.lock(tx, rows), Promise.all(rows.map((row) => this.read(tx, of, row)))]);
    if (!isLocked) return null;
    const removed = rows.some((row) => row.removed > 0) ? await this.segments.takeRemovals(tx, of, rows[0]!.firstNumber, rows.at(-1)!.lastNumber) : new Set<number>();
    const merged = await this.thread.run(tx, 'merge', { sources, removed }, sources.flatMap(({ bytes }) => ownMemory(bytes)));
    const [, , listed] = await Promise.all([this.segments.remove(tx, of, rows), merged && this.segments.add(tx, of, merged), this.segments.listForMerge(tx, of)]);
    return listed;
  }

  private async read(tx: TenantTx, of: DocumentSet, row: SegmentRow): Promise<WholeSegment> {
    const [whole, facts] = await Promise.all([this.segments.readWhole(tx, row), row.layout.factsAt === undefined ? this.segments.readFacts(tx, of, row) : undefined]);
    return { ...whole, ...(facts ? { facts } : {}) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }
}

function planned(rows: readonly SegmentRow[]): readonly SegmentRow[] {
  const old = rows.find((row) => row.layout.factsAt === undefined);
  if (old) return [old];
  const plan = planMerge(rows);
  return plan ? rows.slice(plan.from, plan.to) : [];
}

function sum(rows: readonly SegmentRow[], of: 'documents' | 'bytes'): number {
  return rows.reduce((total, row) => total + row[of], 0);
}
