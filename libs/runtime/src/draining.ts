import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** On from the first signal to stop: readiness turns false at once, so that no new traffic is sent here. */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  isOn = false;

  beforeApplicationShutdown(): void {
    this.isOn = true;
  }
}
