import type { Measure, Subject } from './limits.js';

/** Whose use of what is counted together. */
export interface ShareKey {
  readonly subject: Subject;
  /** Of the token, the user or the organisation. */
  readonly id: string;
  readonly measure: Measure;
}

/** What all replicas' leases have come to in a window. */
export interface Lease extends ShareKey {
  readonly quota: number;
  readonly granted: number;
  /** By all replicas together, this lease among it. */
  readonly taken: number;
  readonly secondsLeft: number;
}

/** One lease of a fiftieth keeps round trips rare, and what an idle replica holds back small. */
const LEASES_PER_QUOTA = 50;

/** This replica's part of one quota, in the window that runs. */
export class Share {
  private left = 0;
  private shared: number;
  private quotaNow: number;
  private endsAt = 0;
  /** Nobody gets more before the window ends. */
  private isSpent = false;

  constructor(readonly key: ShareKey) {
    this.shared = this.quotaNow = 0;
  }

  /** How many are here to be used now, and whether more can be leased. */
  at(now: number): { left: number; isFinal: boolean } {
    return now < this.endsAt ? { left: this.left, isFinal: this.isSpent } : { left: 0, isFinal: false };
  }

  use(amount: number): void {
    this.left -= amount;
  }

  add({ granted, taken, quota, secondsLeft }: Lease, asked: number, now: number): void {
    const endsAt = now + secondsLeft * 1_000;
    // Another window than the one that is known begins with nothing.
    if (now >= this.endsAt) this.left = 0;
    this.endsAt = endsAt;
    this.left += granted;
    this.shared = Math.max(0, quota - taken);
    this.quotaNow = quota;
    this.isSpent = granted < asked;
  }

  /** For `RateLimit`: at most so many are left to all, other replicas' leases not counted. */
  standing(now: number): { quota: number; remaining: number; resetSeconds: number } {
    return { quota: this.quotaNow, remaining: this.left + this.shared, resetSeconds: Math.max(0, Math.ceil((this.endsAt - now) / 1_000)) };
  }
}

/** How many to lease at once where so many are needed. */
export function leaseSize(needed: number, quota: number): number {
  return Math.max(needed, Math.ceil(quota / LEASES_PER_QUOTA));
}
