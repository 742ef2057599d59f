import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DeadLettersRepository } from '#libs/runtime';
import { DeadLettersService } from './dead-letters.service.js';
import { SystemStateService } from './system-state.service.js';

/** What the operator sees of the whole installation. */
@Module({ providers: [DeadLettersService, SystemStateService], exports: [DeadLettersService, SystemStateService] })
export class SystemModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private observed: { stop(): void } | undefined;

  constructor(private readonly letters: DeadLettersRepository) {}

  onApplicationBootstrap(): void {
    this.observed = this.letters.observe();
  }

  beforeApplicationShutdown(): void {
    this.observed?.stop();
  }
}
