import { Module } from '@nestjs/common';
import { MergingJob } from './merging.job.js';
import { MergingService } from './merging.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { SliceCache } from './slice-cache.js';

@Module({ providers: [MergingJob, MergingService, SegmentsRepository, SliceCache], exports: [MergingService, SegmentsRepository, SliceCache] })
export class SegmentsModule {}
