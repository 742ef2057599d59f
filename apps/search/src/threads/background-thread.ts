import { Piscina } from 'piscina';
import type { TenantTx } from '#libs/database';
import { builtFile } from '#libs/runtime';

/** A transaction that asks nothing for ten seconds is taken for one whose process has died. */
const SILENT_MS_MAX = 3_000;

/** What the work of a moment is put into: by itself V8 takes some 100 MiB more under load, and is no quicker. */
const YOUNG_MIB = 8;

type Task<W, N extends keyof W> = W[N] extends (input: infer I) => infer O ? { input: I; output: Awaited<O> } : never;

/**
 * A thread beside the one that answers requests, for what takes processor time: calls of functions that a worker file
 * exports, one after the other. Each is made for a transaction, so that no more wait than the database has connections.
 * What is given and returned is copied, but for what is moved.
 */
export class BackgroundThread<Worker> {
  private readonly pool: Piscina;

  /** `file`: a worker beside the caller. It is loaded with the first call, and let go where there was none for `idleMs`. */
  constructor(file: URL, idleMs = Infinity) {
    this.pool = new Piscina({ filename: builtFile(file), minThreads: 0, maxThreads: 1, idleTimeout: idleMs, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
  }

  /** Keeps the transaction alive until there is an answer. `moved`: what belongs to the thread from now on. */
  async run<Name extends keyof Worker & string>(tx: TenantTx, name: Name, input: Task<Worker, Name>['input'], moved: readonly ArrayBuffer[] = []): Promise<Task<Worker, Name>['output']> {
    // Where this fails, so does the transaction's next statement.
    const living = setInterval(() => void tx.query('SELECT 1').catch(() => undefined), SILENT_MS_MAX);
    try {
      return (await this.pool.run(input, { name, transferList: [...moved] })) as Task<Worker, Name>['output'];
    } finally {
      clearInterval(living);
    }
  }

  /** What is under way fails. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
