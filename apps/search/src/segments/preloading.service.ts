import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import type { Segment } from './segment-layout.js';
import { SLICE_BYTES, SegmentsRepository, type Slice } from './segments.repository.js';
import { SliceCache } from './slice-cache.js';

/** Of a smaller segment a query reads as much as there is. */
const SLICES_MIN = 8;
/** Read by one statement: some two milliseconds of the thread. */
const SLICES_AT_ONCE = 32;
/** After each, so that whoever asks or captures goes first. */
const REST_MS = 20;
const WAITING_MAX = 1_000;

interface Wanted {
  organisationId: string;
  segment: Segment;
}

/**
 * Brings all of the segments that queries had to read from the database into memory, after them: the next query has other rare words, which stand elsewhere. Only
 * while there is room: what was asked for is not forgotten for what may be.
 */
@Injectable()
export class PreloadingService implements BeforeApplicationShutdown {
  private readonly waiting = new Map<string, Wanted>();
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(private readonly db: TenantDb, private readonly segments: SegmentsRepository, private readonly cache: SliceCache) {}

  /** Returns at once; beyond a thousand that wait, a segment is left to the next query. */
  want(organisationId: string, segment: Segment): void {
    if (this.isStopping || this.waiting.size >= WAITING_MAX || segment.layout.end < SLICES_MIN * SLICE_BYTES || segment.layout.end > this.cache.room) return;
    this.waiting.set(`${organisationId}/${segment.segmentId}`, { organisationId, segment });
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** Resolves once nothing is wanted any more. */
  async settled(): Promise<void> {
    await this.running;
  }

  beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    return this.settled();
  }

  private async run(): Promise<void> {
    for (const [name, wanted] of this.waiting) {
      await this.preload(wanted).catch((error: unknown) => logger.warn({ err: error }, 'A segment could not be brought into memory'));
      this.waiting.delete(name);
    }
  }

  private async preload({ organisationId, segment }: Wanted): Promise<void> {
    const missing = slicesBesidesHead(segment).filter(({ segmentId, slice }) => !this.cache.hasSlice(organisationId, segmentId, slice));
    for (let from = 0; from < missing.length && !this.isStopping && segment.layout.end <= this.cache.room; from += SLICES_AT_ONCE) {
      await setTimeout(REST_MS);
      await this.load(organisationId, missing.slice(from, from + SLICES_AT_ONCE));
    }
  }

  private async load(organisationId: string, slices: readonly Slice[]): Promise<void> {
    const found = await this.db.read(scopeOfService(organisationId, 'search'), (tx) => this.segments.readSlices(tx, slices));
    for (const { segmentId, slice, bytes } of found) this.cache.keepSlice(organisationId, segmentId, slice, bytes);
  }
}

/** All but what lies within the parts that every query needs, which are kept by themselves. */
function slicesBesidesHead({ segmentId, layout }: Segment): Slice[] {
  const parts = [[0, layout.filterAt ?? layout.numbersAt], [layout.keysAt, layout.directoryAt]] as const;
  const slices = parts.flatMap(([from, to]) => Array.from({ length: Math.ceil(to / SLICE_BYTES) - Math.floor(from / SLICE_BYTES) }, (_, index) => Math.floor(from / SLICE_BYTES) + index));
  return [...new Set(slices)].map((slice) => ({ segmentId, slice }));
}
