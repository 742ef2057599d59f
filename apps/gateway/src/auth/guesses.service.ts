import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { AddressBlocked } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { counter, logger } from '#libs/telemetry';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { TOO_MANY_GUESSES } from './auth.faults.js';
import { BLOCK_MS, GuessLimit, isLoopback, sourceOf } from './guess-limit.js';

/** `mistyped`: refused by its checksum alone. `blocked`: not even looked at. */
export type FailureReason = 'mistyped' | 'unknown' | 'expired' | 'blocked';

const failures = counter('auth_failures_total');
const blocks = counter('auth_addresses_blocked_total');

/** What is done about those who guess secrets: counted, and refused for a while, at every gateway; counted alone on this machine. */
@Injectable()
export class GuessesService {
  private readonly limit = new GuessLimit();

  constructor(private readonly bus: Bus, private readonly bootstrap: BootstrapService) {}

  /** Throws `auth.too-many-guesses` for an address that guessed too often. */
  admit(address: string | undefined): void {
    const ms = this.limit.blockedMs(sourceOf(address));
    if (ms === 0) return;
    this.count('blocked');
    throw new Fault(TOO_MANY_GUESSES, { retryAfterSeconds: ms / 1_000 });
  }

  /** A secret that was wrong, by its digest. */
  async record(address: string | undefined, digest: string): Promise<void> {
    if (isLoopback(address)) return;
    const source = sourceOf(address);
    if (!this.limit.record(source, digest)) return;
    blocks.add(1);
    logger.warn({ address: source }, 'An address guesses secrets and is refused for a minute');
    this.bus.tell(await this.bootstrap.ownerScope(), AddressBlocked, { address: source, until: new Date(Date.now() + BLOCK_MS).toISOString() });
  }

  /** What another gateway found, or this one. */
  block(source: string, until: Date): void {
    this.limit.block(source, until.getTime());
  }

  count(reason: FailureReason): void {
    failures.add(1, { reason });
  }
}
