import { readdirSync } from 'node:fs';
import type { Lag, LoadedProduct } from './loaded-product.js';
import { descendantsOf, memoryOf } from './processes.js';

/** What the product holds at a time. */
export interface SoakSample extends Lag {
  /** MiB of resident memory, what processes share counted once, and open files and sockets, by part. */
  memoryMiB: Record<string, number>;
  handles: Record<string, number>;
  processes: number;
  connections: number;
  /** Locks that somebody waits for. */
  awaitedLocks: number;
  deadLetters: number;
  /** Bytes of each table with its indexes. */
  tables: Record<string, number>;
}

/** One statement, so that looking costs as little as it can. */
const STATE = `
  SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS connections, (SELECT count(*) FROM pg_locks WHERE NOT granted)::int AS "awaitedLocks",
    (SELECT count(*) FROM tenancy.dead_letters)::int AS "deadLetters",
    (SELECT jsonb_object_agg(schemaname || '.' || relname, pg_total_relation_size(relid)) FROM pg_stat_user_tables) AS tables`;

export async function takeSample(product: LoadedProduct): Promise<SoakSample> {
  const sample = { memoryMiB: {} as Record<string, number>, handles: {} as Record<string, number>, processes: 0 };
  for (const { pid, part } of descendantsOf(product.pid)) {
    sample.processes += 1;
    sample.memoryMiB[part] = (sample.memoryMiB[part] ?? 0) + memoryOf(pid, 'smaps_rollup', 'Pss');
    sample.handles[part] = (sample.handles[part] ?? 0) + openFiles(pid);
  }
  const { rows } = await product.database.query<Pick<SoakSample, 'connections' | 'awaitedLocks' | 'deadLetters' | 'tables'>>(STATE);
  return { ...sample, ...rows[0]!, ...(await product.lag()) };
}

/** None of a process that has ended meanwhile. */
function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
