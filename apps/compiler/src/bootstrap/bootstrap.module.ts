import { Module } from '@nestjs/common';
import { BootstrapHandlers } from './bootstrap.handlers.js';
import { BootstrapService } from './bootstrap.service.js';

/** Pages of a checkout. */
@Module({ controllers: [BootstrapHandlers], providers: [BootstrapService] })
export class BootstrapModule {}
