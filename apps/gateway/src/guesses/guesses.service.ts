import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { AddressBlocked } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { Sweeper } from '#libs/runtime';
import { counter, logger } from '#libs/telemetry';
import type { Origin } from '#libs/tenancy';
import { KnownSecrets } from '../auth/known-secrets.js';
import { Refusals } from '../audit/refusals.service.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { BlockedSources } from './blocked-sources.js';
import { ACCOUNT_BOUND, ADDRESS_BOUNDS, type GuessKind } from './guess-bounds.js';
import { isLoopback, sourceOf } from './guess-source.js';
import { TOO_MANY_GUESSES } from './guess.faults.js';
import { type Guessed, GuessesRepository } from './guesses.repository.js';

export interface Guess {
  readonly kind: GuessKind;
  readonly origin: Origin;
  /** Whom it is about, in whatever words; nobody need have that name. */
  readonly account?: string;
  /** Whose log tells of it; the first organisation's where that is nobody's. */
  readonly organisationId?: string | undefined;
}

const SWEEP_EVERY_MS = 60_000;
const guesses = counter('guesses_total');
const blocks = counter('auth_addresses_blocked_total');

/**
 * What is done about those who guess secrets, of every kind and at every gateway: each is counted, in the metrics and in the audit
 * log, and whoever guesses too often waits. Counts are in the database, so that all gateways together have one.
 */
@Injectable()
export class GuessesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly blocked = new BlockedSources();
  /** A program that repeats a stale secret guesses nothing. */
  private readonly wrongBefore = new KnownSecrets();
  private readonly sweeper: Sweeper;

  constructor(private readonly bus: Bus, private readonly bootstrap: BootstrapService, private readonly counts: GuessesRepository, private readonly refusals: Refusals) {
    this.sweeper = new Sweeper('guesses', SWEEP_EVERY_MS, () => counts.sweep());
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweeper.stop();
  }

  /**
   * For what people choose or type in: counted before it is looked at, so that many at once count as many. Gives what `look`
   * gives; null says that it was wrong. Throws `auth.too-many-guesses` without a look.
   */
  async typed<T>(guess: Guess, look: () => Promise<T | null>): Promise<T | null> {
    const [whence, whom] = [addressOf(guess), accountOf(guess)];
    const { waitSeconds, isTaken } = await this.counts.count(whom ? [whence, whom] : [whence]);
    if (!isTaken) throw this.refused(guess, waitSeconds);
    const found = await look();
    if (found === null) await this.note(guess, 'wrong');
    else await this.counts.forgive(whence, whom);
    return found;
  }

  /** For random secrets, before one is looked at. Throws `auth.too-many-guesses` for an address that is known here to have sent too many. */
  admit(guess: Guess): void {
    const ms = this.blocked.waitMs(addressOf(guess).subject);
    if (ms > 0) throw this.refused(guess, ms / 1_000);
  }

  /** A random secret that was wrong. On this machine it counts and nobody waits. */
  async record(guess: Guess, secret: string): Promise<void> {
    await this.note(guess, 'wrong');
    const { address } = guess.origin;
    const known = `${guess.kind} ${sourceOf(address)} ${secret}`;
    if (isLoopback(address) || this.wrongBefore.has(known)) return;
    this.wrongBefore.add(known);
    const { waitSeconds } = await this.counts.count([addressOf(guess)]);
    if (waitSeconds > 0) await this.blockAt(guess, waitSeconds);
  }

  /** What another gateway found, or this one. */
  block(kind: GuessKind, source: string, until: Date): void {
    this.blocked.block(subjectOf(kind, source), until.getTime());
  }

  private async blockAt({ kind, origin }: Guess, waitSeconds: number): Promise<void> {
    const source = sourceOf(origin.address);
    const until = new Date(Date.now() + waitSeconds * 1_000);
    this.block(kind, source, until);
    blocks.add(1);
    logger.warn({ address: source, kind }, 'An address guesses secrets and is refused for a minute');
    this.bus.tell(await this.bootstrap.ownerScope(), AddressBlocked, { address: source, kind, until: until.toISOString() });
  }

  private refused(guess: Guess, retryAfterSeconds: number): Fault {
    void this.note(guess, 'refused');
    return new Fault(TOO_MANY_GUESSES, { retryAfterSeconds });
  }

  private async note(guess: Guess, outcome: 'wrong' | 'refused'): Promise<void> {
    guesses.add(1, { kind: guess.kind, outcome });
    await this.refusals.noteGuess(guess.organisationId, guess.origin, guess.kind, outcome);
  }
}

function addressOf({ kind, origin }: Guess): Guessed {
  return { subject: subjectOf(kind, sourceOf(origin.address)), bound: ADDRESS_BOUNDS[kind] };
}

function accountOf({ kind, account }: Guess): Guessed | undefined {
  return account === undefined ? undefined : { subject: `${kind} of ${account}`, bound: ACCOUNT_BOUND };
}

function subjectOf(kind: GuessKind, source: string): string {
  return `${kind} from ${source}`;
}
