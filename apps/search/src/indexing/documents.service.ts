import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { MergingService } from '../segments/merging.service.js';
import { buildSegment } from '../segments/segment-builder.js';
import { type DocumentSet, SegmentsRepository } from '../segments/segments.repository.js';
import { parseTsvector } from '../segments/tsvector-text.js';
import { BackgroundThread } from '../threads/background-thread.js';
import type { Document } from './document.js';
import { IndexingRepository, type Removed } from './indexing.repository.js';
import type * as worker from './indexing.worker.js';
import type { PreparedDocuments } from './prepared-documents.js';

/** In one transaction. */
const OLD_DOCUMENTS = 500;

/** Puts documents in and takes them out; they are found from the moment the transaction commits. */
@Injectable()
export class DocumentsService implements OnApplicationShutdown {
  private readonly thread = new BackgroundThread<typeof worker>(new URL('./indexing.worker.js', import.meta.url));

  constructor(private readonly index: IndexingRepository, private readonly segments: SegmentsRepository, private readonly merging: MergingService) {}

  /** Takes out what stands under `keys`, puts the documents in, and keeps the counts right. `alongside`: statements that are asked together with the last of these. */
  async replace(tx: TenantTx, of: DocumentSet, keys: readonly string[], documents: readonly Document[], alongside: () => Promise<void> = async () => undefined): Promise<void> {
    const { prepared, removed } = documents.length === 0 ? { prepared: null, removed: await this.index.remove(tx, of, keys) } : await this.prepare(tx, of, keys, documents);
    if (!prepared && removed.lengths.length === 0) return alongside();
    // From here on others wait who add to the same set: the work was done before.
    const lengths = prepared?.lengths ?? [];
    const first = await this.index.count(tx, of, { documents: lengths.length - removed.lengths.length, words: sum(lengths) - sum(removed.lengths), numbers: lengths.length });
    const changes = [
      ...(removed.numbers.length > 0 ? [this.segments.addRemovals(tx, of, removed.numbers)] : []),
      ...(prepared ? [this.index.add(tx, of, prepared.rows, first), this.segments.add(tx, of, { ...prepared.segment, firstNumber: first, lastNumber: first + lengths.length - 1 })] : []),
      alongside(),
    ];
    // Asked after what changes it.
    const [listed] = await Promise.all([this.segments.listForMerge(tx, of), ...changes]);
    await this.merging.mergeSmall(tx, of, listed);
  }

  /** Takes most of the time of indexing, and locks nothing but what is replaced. */
  private async prepare(tx: TenantTx, of: DocumentSet, keys: readonly string[], documents: readonly Document[]): Promise<{ prepared: PreparedDocuments; removed: Removed }> {
    const { texts, words } = await this.thread.run(tx, 'findWords', documents);
    const [vectors, removed] = await Promise.all([this.index.vectors(tx, words), this.index.remove(tx, of, keys)]);
    return { prepared: await this.thread.run(tx, 'prepareDocuments', { documents, texts, vectors }), removed };
  }

  /** Leaves no word in the index of documents that are no more. */
  dropRemoved(tx: TenantTx, of: DocumentSet): Promise<void> {
    return this.merging.dropRemoved(tx, of);
  }

  /** Puts documents of before there were segments into one; false where there are no more. */
  async takeOld(tx: TenantTx, of: DocumentSet): Promise<boolean> {
    const old = await this.index.takeOld(tx, of, OLD_DOCUMENTS);
    if (old.length === 0) return false;
    const first = await this.index.count(tx, of, { documents: 0, words: 0, numbers: old.length });
    await this.index.numberOld(tx, of, old, first);
    await this.segments.add(tx, of, buildSegment(old.map(({ key, length, tsv, ...facts }, index) => ({ key, length, lexemes: parseTsvector(tsv), number: first + index, facts }))));
    await this.merging.mergeSmall(tx, of, await this.segments.listForMerge(tx, of));
    return true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
