import { Module } from '@nestjs/common';
import { MergingJob } from './merging.job.js';
import { MergingService } from './merging.service.js';
import { PreloadingService } from './preloading.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { SliceCache } from './slice-cache.js';

@Module({ providers: [MergingJob, MergingService, PreloadingService, SegmentsRepository, SliceCache], exports: [MergingService, PreloadingService, SegmentsRepository, SliceCache] })
export class SegmentsModule {}
