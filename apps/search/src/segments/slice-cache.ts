import { Injectable } from '@nestjs/common';
import { ByteBoundedCache } from './byte-bounded-cache.js';
import type { Directory } from './segment-reader.js';

const BYTES_MAX = 192 * 1_024 * 1_024;

/**
 * Slices and directories of segments that this process has read. Segments never change, and which ones there are is asked
 * of the database by every query, in its organisation's name: a key is of use only to who was told of the segment.
 */
@Injectable()
export class SliceCache extends ByteBoundedCache<Buffer | Directory> {
  constructor() {
    super(BYTES_MAX);
  }

  slice(organisationId: string, segmentId: string, slice: number): Buffer | undefined {
    return this.get(`${organisationId}/${segmentId}/${slice}`) as Buffer | undefined;
  }

  keepSlice(organisationId: string, segmentId: string, slice: number, bytes: Buffer): void {
    this.set(`${organisationId}/${segmentId}/${slice}`, bytes, bytes.length);
  }

  directory(organisationId: string, segmentId: string): Directory | undefined {
    return this.get(`${organisationId}/${segmentId}`) as Directory | undefined;
  }

  keepDirectory(organisationId: string, segmentId: string, directory: Directory, bytes: number): void {
    this.set(`${organisationId}/${segmentId}`, directory, bytes);
  }
}
