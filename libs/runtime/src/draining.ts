import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/**
 * From the first signal to stop on: readiness is false, so that no new traffic is sent here, and what still comes is answered, and told to
 * take another connection the next time. A connection that is closed while it waits for its next request would lose that.
 */
@Injectable()
export class Draining {
  isOn = false;

  /** Resolves once whoever sends traffic has had so many seconds to notice. */
  async begin(seconds: number): Promise<void> {
    this.isOn = true;
    await sleep(seconds * 1_000);
  }

  closeConnections(_request: Request, response: Response, next: NextFunction): void {
    if (this.isOn) response.setHeader('connection', 'close');
    next();
  }
}
