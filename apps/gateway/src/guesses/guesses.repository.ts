import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { scopeOfService } from '#libs/tenancy';
import { BootstrapService } from '../identity/bootstrap.service.js';
import type { GuessBound } from './guess-bounds.js';

/** Whom or whence is guessed, and how often that may be wrong. */
export interface Guessed {
  readonly subject: string;
  readonly bound: GuessBound;
}

export interface Counted {
  /** Until the next guess is looked at; 0 where it is right away. */
  readonly waitSeconds: number;
  /** False where it is this guess that has to wait, which then doesn't count. */
  readonly isTaken: boolean;
}

/** Beyond these the oldest are forgotten. */
const SUBJECTS_MAX = 100_000;

/** Wrong guesses, the same for every gateway. All are the installation's: who guesses is nobody's yet. */
@Injectable()
export class GuessesRepository {
  constructor(private readonly db: TenantDb, private readonly bootstrap: BootstrapService) {}

  /** Counts one guess of each, until one has to wait: several at once count as several. */
  count(guessed: readonly Guessed[]): Promise<Counted> {
    return this.run(async (tx) => {
      let counted: Counted = { waitSeconds: 0, isTaken: true };
      for (const each of guessed) {
        const next = await countOne(tx, each);
        if (!next.isTaken) return next;
        counted = { isTaken: true, waitSeconds: Math.max(counted.waitSeconds, next.waitSeconds) };
      }
      return counted;
    });
  }

  /** After a right one: all of `whom` are forgotten, `whence` has one less. In the order of `count`, so that no two wait for each other. */
  forgive(whence: Guessed, whom: Guessed | undefined): Promise<void> {
    return this.run(async (tx) => {
      await tx.query('UPDATE identity.guesses SET failures = greatest(failures - 1, 0), blocked_until = clock_timestamp() WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf(whence)]);
      if (whom) await tx.query('DELETE FROM identity.guesses WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf(whom)]);
    });
  }

  /** Removes what counts no more: nothing is remembered, and nobody waits, for longer than an hour. */
  sweep(): Promise<void> {
    return this.run(async (tx) => void (await tx.query(
      `DELETE FROM identity.guesses WHERE organisation_id = $1 AND subject IN (
         SELECT subject FROM identity.guesses WHERE organisation_id = $1 AND (guessed_at < now() - interval '1 hour'
           OR guessed_at < (SELECT guessed_at FROM identity.guesses WHERE organisation_id = $1 ORDER BY guessed_at DESC OFFSET $2 LIMIT 1))
         FOR UPDATE SKIP LOCKED)`, [tx.organisationId, SUBJECTS_MAX])));
  }

  private async run<T>(work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const { organisationId } = await this.bootstrap.ownerScope();
    return this.db.run(scopeOfService(organisationId, 'gateway'), work);
  }
}

/** By the clock, not by when a transaction began: one that had to wait for another would find a moment in its future. */
async function countOne(tx: TenantTx, guessed: Guessed): Promise<Counted> {
  const { free, firstSeconds, longestSeconds, forgottenAfterSeconds } = guessed.bound;
  const [counted] = await tx.query<{ seconds: number }>(
    `INSERT INTO identity.guesses AS g (organisation_id, subject, failures) VALUES ($1, $2, 1)
     ON CONFLICT (organisation_id, subject) DO UPDATE SET guessed_at = clock_timestamp(),
       failures = CASE WHEN g.guessed_at < clock_timestamp() - make_interval(secs => $6) THEN 1 ELSE g.failures + 1 END,
       blocked_until = clock_timestamp() + make_interval(secs => CASE WHEN g.guessed_at < clock_timestamp() - make_interval(secs => $6) OR g.failures < $3 THEN 0 ELSE least($5, $4 * power(2, least(g.failures - $3, 20))) END)
     WHERE g.blocked_until <= clock_timestamp() RETURNING extract(epoch FROM blocked_until - clock_timestamp())::float8 AS seconds`,
    [tx.organisationId, keyOf(guessed), free, firstSeconds, longestSeconds, forgottenAfterSeconds]);
  if (counted) return { waitSeconds: Math.max(0, counted.seconds), isTaken: true };
  const [row] = await tx.query<{ seconds: number }>(
    'SELECT ceil(extract(epoch FROM blocked_until - clock_timestamp()))::int AS seconds FROM identity.guesses WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf(guessed)]);
  return { waitSeconds: Math.max(1, row?.seconds ?? 1), isTaken: false };
}

function keyOf({ subject }: Guessed): Buffer {
  return createHash('sha256').update(subject.toLowerCase()).digest();
}
