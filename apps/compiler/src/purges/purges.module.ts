import { Module } from '@nestjs/common';
import { PurgesHandlers } from './purges.handlers.js';
import { PurgesRepository } from './purges.repository.js';

@Module({ controllers: [PurgesHandlers], providers: [PurgesRepository], exports: [PurgesRepository] })
export class PurgesModule {}
