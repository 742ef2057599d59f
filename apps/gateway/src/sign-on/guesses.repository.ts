import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

/** Whom or whence is guessed: an account by its name, whether there is one or not, or an address. */
export type Guessed = { kind: 'account' | 'address'; value: string };

/** Wrong guesses without any wait, and the longest wait after more. An account's is short: else anybody could keep its owner out. */
const BOUNDS = { account: { free: 5, secondsMax: 60 }, address: { free: 20, secondsMax: 900 } } as const;

/** Counts guesses before they are checked, so that many at once count as many. */
@Injectable()
export class GuessesRepository {
  /** Seconds to wait before the next guess: 0 where this one may be made. The wait doubles with each wrong guess, and an hour without one forgets all. */
  async count(tx: TenantTx, guessed: Guessed): Promise<number> {
    const { free, secondsMax } = BOUNDS[guessed.kind];
    const [counted] = await tx.query<{ failures: number }>(
      `INSERT INTO identity.guesses AS g (organisation_id, subject, failures) VALUES ($1, $2, 1)
       ON CONFLICT (organisation_id, subject) DO UPDATE SET guessed_at = now(),
         failures = CASE WHEN g.guessed_at < now() - interval '1 hour' THEN 1 ELSE g.failures + 1 END,
         blocked_until = now() + make_interval(secs => CASE WHEN g.guessed_at < now() - interval '1 hour' OR g.failures < $3 THEN 0 ELSE least($4, power(2, least(g.failures - $3, 20))) END)
       WHERE g.blocked_until <= now() RETURNING failures`,
      [tx.organisationId, keyOf(guessed), free, secondsMax]);
    if (counted) return 0;
    const [row] = await tx.query<{ seconds: number }>(
      'SELECT ceil(extract(epoch FROM blocked_until - now()))::int AS seconds FROM identity.guesses WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf(guessed)]);
    return Math.max(1, row?.seconds ?? 1);
  }

  /** After a right one: an account's wrong guesses are forgotten, an address has one less. Also sweeps what is a day old. */
  async forgive(tx: TenantTx, account: string, address: string): Promise<void> {
    await tx.query("DELETE FROM identity.guesses WHERE organisation_id = $1 AND (subject = $2 OR guessed_at < now() - interval '1 day')", [tx.organisationId, keyOf({ kind: 'account', value: account })]);
    await tx.query('UPDATE identity.guesses SET failures = greatest(failures - 1, 0), blocked_until = now() WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf({ kind: 'address', value: address })]);
  }

  /** What was guessed of accounts that are no more. */
  async forget(tx: TenantTx, accounts: readonly string[]): Promise<void> {
    for (const value of accounts) await tx.query('DELETE FROM identity.guesses WHERE organisation_id = $1 AND subject = $2', [tx.organisationId, keyOf({ kind: 'account', value })]);
  }
}

function keyOf({ kind, value }: Guessed): Buffer {
  return createHash('sha256').update(`${kind}:${value.toLowerCase()}`).digest();
}
