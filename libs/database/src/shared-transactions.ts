import { AsyncLocalStorage } from 'node:async_hooks';
import type { TenantScope } from '#libs/tenancy';
import { JoinedWork } from './joined-work.js';
import { isAway } from './outage.js';
import type { Manner, Part, TenantTx } from './transaction.js';

/** In one transaction, each of another caller. */
const PARTS_MAX = 32;
/** While the disk confirms one, the next is made. */
const AT_ONCE = 3;
/** So long a lock that one part waits for keeps the others waiting. */
const LOCK_TIMEOUT_MS = 250;
const LOCK_NOT_AVAILABLE = '55P03';

/** Carries out parts in one transaction: all of them, or none. */
type Transact = (parts: readonly Part<unknown>[], manner: Manner) => Promise<unknown[]>;

/** A promise in a wrapper, as one that is a result by itself would be waited for. */
interface Underway {
  readonly outcome: Promise<unknown>;
}

/**
 * Transactions that several organisations share, so that a thousand that each write a little cost about as much as one that writes much. Each part sees its own organisation alone.
 * Where several fail together, each is tried by itself; so is one that waits for a lock. None keeps others waiting for long, and none fails for another.
 */
export class SharedTransactions {
  private readonly joined: JoinedWork<Part<unknown>, Underway>;

  constructor(private readonly transact: Transact, private readonly manner: Manner = {}) {
    this.joined = new JoinedWork(PARTS_MAX, (parts) => this.together(parts), AT_ONCE);
  }

  async run<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const inContext = AsyncLocalStorage.snapshot();
    const { outcome } = await this.joined.run('', { scope, work: (tx) => inContext(() => work(tx)) });
    return outcome as Promise<T>;
  }

  /** In one order, so that no two transactions wait for each other in a circle. */
  private async together(parts: readonly Part<unknown>[]): Promise<Underway[]> {
    const inOrder = parts.toSorted((a, b) => a.scope.organisationId.localeCompare(b.scope.organisationId));
    try {
      const results = new Map((await this.transact(inOrder, this.impatient)).map((result, index) => [inOrder[index], result]));
      return parts.map((part) => ({ outcome: Promise.resolve(results.get(part)) }));
    } catch (error) {
      return parts.map((part) => underway(isWorthAnother(error, parts) ? this.transact([part], this.manner).then(([result]) => result) : Promise.reject(error)));
    }
  }

  private get impatient(): Manner {
    return { ...this.manner, settings: `SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}; ${this.manner.settings ?? ''}` };
  }
}

/** Not where the database is away, for all alike. */
function isWorthAnother(error: unknown, parts: readonly unknown[]): boolean {
  return !isAway(error) && (parts.length > 1 || (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE);
}

/** Whoever waits for it may come a moment after it has failed. */
function underway(outcome: Promise<unknown>): Underway {
  outcome.catch(() => undefined);
  return { outcome };
}
