import { totalmem } from 'node:os';
import { Injectable } from '@nestjs/common';
import { ownCopy } from '#libs/runtime';
import { ByteBoundedCache } from './byte-bounded-cache.js';
import type { DocumentTable } from './document-table.js';
import type { Directory } from './segment-reader.js';
import type { TermFilter } from './term-filter.js';

const MIB = 1_024 * 1_024;
/** A part of the memory that the process may use, within bounds: the index of a million observations of ordinary length takes some 350 MiB. */
const MEMORY_PART = 1 / 8;
const [BYTES_MIN, BYTES_MAX] = [192 * MIB, 1_024 * MIB];

function bytesMax(): number {
  // What a container may use; as much as a number can say where it has no bound.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(BYTES_MAX, Math.max(BYTES_MIN, MEMORY_PART * memory));
}

/** What every query needs of a segment. */
export interface SegmentHead {
  directory: Directory;
  filter: TermFilter;
  documents: DocumentTable;
}

/**
 * Slices and heads of segments that this process has read. Segments never change, and which ones there are is asked
 * of the database by every query, in its organisation's name: a key is of use only to who was told of the segment.
 */
@Injectable()
export class SliceCache extends ByteBoundedCache<Buffer | SegmentHead> {
  constructor() {
    super(bytesMax());
  }

  slice(organisationId: string, segmentId: string, slice: number): Buffer | undefined {
    return this.get(`${organisationId}/${segmentId}/${slice}`) as Buffer | undefined;
  }

  keepSlice(organisationId: string, segmentId: string, slice: number, bytes: Buffer): void {
    this.set(`${organisationId}/${segmentId}/${slice}`, ownCopy(bytes), bytes.length);
  }

  head(organisationId: string, segmentId: string): SegmentHead | undefined {
    return this.get(`${organisationId}/${segmentId}`) as SegmentHead | undefined;
  }

  keepHead(organisationId: string, segmentId: string, head: SegmentHead, bytes: number): void {
    this.set(`${organisationId}/${segmentId}`, head, bytes);
  }
}
