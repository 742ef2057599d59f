import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { Fault, UNAVAILABLE } from '#libs/faults';
import { BackgroundPace } from './background-pace.js';
import { planMerge } from './merge-plan.js';
import { mergeSegments, type WholeSegment } from './segment-merge.js';
import { type DocumentSet, type SegmentRow, SegmentsRepository } from './segments.repository.js';

/** What a writer merges itself: some milliseconds. More is left to the job. */
const AT_ONCE_DOCUMENTS_MAX = 1_024;
const AT_ONCE_BYTES_MAX = 1_024 * 1_024;

/** Keeps segments few. A merge is one transaction: until it ends the old segments serve, and a crash leaves them as they were. */
@Injectable()
export class MergingService {
  constructor(private readonly segments: SegmentsRepository) {}

  /** Merges what takes little time, and says where the rest is due. */
  async mergeSmall(tx: TenantTx, of: DocumentSet): Promise<void> {
    for (let rows = await this.planned(tx, of); rows.length > 0; rows = await this.planned(tx, of)) {
      const isSmall = sum(rows, 'documents') <= AT_ONCE_DOCUMENTS_MAX && sum(rows, 'bytes') <= AT_ONCE_BYTES_MAX;
      if (!isSmall || !(await this.merge(tx, of, rows))) return this.segments.markMergeDue(tx, of, true);
    }
  }

  /** One merge, however large; false where there is none to do. */
  async mergeNext(tx: TenantTx, of: DocumentSet): Promise<boolean> {
    const rows = await this.planned(tx, of);
    if (rows.length > 0) return this.merge(tx, of, rows);
    await this.segments.markMergeDue(tx, of, false);
    return false;
  }

  /** Writes anew every segment with documents that are no more, so that none of their words is left. Throws `unavailable` where another process merges one of them. */
  async dropRemoved(tx: TenantTx, of: DocumentSet): Promise<void> {
    const rows = (await this.segments.listForMerge(tx, of)).filter(({ removed }) => removed > 0);
    for (const row of rows) if (!(await this.merge(tx, of, [row]))) throw new Fault(UNAVAILABLE, { retryAfterSeconds: 1 });
  }

  private async planned(tx: TenantTx, of: DocumentSet): Promise<SegmentRow[]> {
    const rows = await this.segments.listForMerge(tx, of);
    const old = rows.find((row) => row.layout.factsAt === undefined);
    if (old) return [old];
    const plan = planMerge(rows);
    return plan ? rows.slice(plan.from, plan.to) : [];
  }

  /** False where another process merges them. */
  private async merge(tx: TenantTx, of: DocumentSet, rows: readonly SegmentRow[]): Promise<boolean> {
    if (!(await this.segments.lock(tx, rows))) return false;
    const sources: WholeSegment[] = [];
    for (const row of rows) sources.push({ ...(await this.segments.readWhole(tx, row)), ...(row.layout.factsAt === undefined ? { facts: await this.segments.readFacts(tx, of, row) } : {}) });
    const [firstNumber, lastNumber] = [rows[0]!.firstNumber, rows.at(-1)!.lastNumber];
    const removed = await this.segments.takeRemovals(tx, of, firstNumber, lastNumber);
    const merged = await mergeSegments(sources, removed, new BackgroundPace(() => tx.query('SELECT 1')));
    await this.segments.remove(tx, of, rows);
    if (merged) await this.segments.add(tx, of, merged);
    return true;
  }
}

function sum(rows: readonly SegmentRow[], of: 'documents' | 'bytes'): number {
  return rows.reduce((total, row) => total + row[of], 0);
}
