import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { MergingService } from '../segments/merging.service.js';
import { buildSegment } from '../segments/segment-builder.js';
import type { Facts } from '../segments/segment-layout.js';
import { type DocumentSet, SegmentsRepository } from '../segments/segments.repository.js';
import { parseTsvector } from '../segments/tsvector-text.js';
import type { Document } from './document.js';
import { IndexingRepository } from './indexing.repository.js';

/** In one transaction. */
const OLD_DOCUMENTS = 500;

/** Puts documents in and takes them out; they are found from the moment the transaction commits. */
@Injectable()
export class DocumentsService {
  constructor(private readonly index: IndexingRepository, private readonly segments: SegmentsRepository, private readonly merging: MergingService) {}

  /** Takes out what stands under `keys`, puts the documents in, and keeps the counts right. */
  async replace(tx: TenantTx, of: DocumentSet, keys: readonly string[], documents: readonly Document[]): Promise<void> {
    const prepared = await this.index.prepare(tx, documents);
    const segment = prepared.length === 0 ? null : buildSegment(prepared.map(({ document, text, lexemes }, number) => ({ key: document.key, length: text.length, lexemes, number, facts: factsOf(document, text.textHash) })));
    const removed = await this.index.remove(tx, of, keys);
    if (!segment && removed.lengths.length === 0) return;
    // From here on others wait who add to the same set: the work was done before.
    const lengths = prepared.map(({ text }) => text.length);
    const first = await this.index.count(tx, of, { documents: lengths.length - removed.lengths.length, words: sum(lengths) - sum(removed.lengths), numbers: lengths.length });
    if (removed.numbers.length > 0) await this.segments.addRemovals(tx, of, removed.numbers);
    if (segment) {
      await this.index.add(tx, of, prepared, first);
      await this.segments.add(tx, of, { ...segment, firstNumber: first, lastNumber: first + prepared.length - 1 });
    }
    await this.merging.mergeSmall(tx, of);
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
    await this.merging.mergeSmall(tx, of);
    return true;
  }
}

/** As `FACTS_COLUMNS` read them from the rows. */
function factsOf({ kind, isPinned, isSuperseded, happenedAt, sessionId, sequence }: Document, textHash: string | null): Facts {
  return { kind, isPinned, isSuperseded, happenedAt: Date.parse(happenedAt), sessionId, sequence, textHash: textHash === null ? null : Number(BigInt.asUintN(32, BigInt(textHash))) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
