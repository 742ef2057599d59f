import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Sweeper } from './sweeper.js';

/** Work that a process does again and again, from its start until it is told to stop, which waits for a run in flight. */
export abstract class SweepingJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeper: Sweeper;
  private hasBeenStopped = false;

  /** `name` tells it from others in the logs. */
  protected constructor(name: string, everyMs: number) {
    this.sweeper = new Sweeper(name, everyMs, () => this.run());
  }

  /** Whether a run should come to an end, with what it has done so far. */
  protected get isStopping(): boolean {
    return this.hasBeenStopped;
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    this.hasBeenStopped = true;
    return this.sweeper.stop();
  }

  abstract run(): Promise<void>;
}
