import { defineFault, Fault, type FaultDefinition } from '#libs/faults';

/** What can keep the zero-install product from starting. The sentence that is thrown names the folder, the process or the package. */
export const DATA_DIR_IN_USE = defineFault('embedded.data-dir.in-use', 'conflict', 'Another ai-memory already uses this data folder.');
export const POSTGRES_FAILED = defineFault('embedded.postgres.failed', 'unavailable', 'The embedded Postgres cannot run here. Set DATABASE_URL to use another.');
export const NATS_FAILED = defineFault('embedded.nats.failed', 'unavailable', 'A nats-server cannot be run here. Set NATS_URL to use another.');

/** A fault whose one sentence a person at the terminal can act on. */
export function refusal(definition: FaultDefinition, sentence: string, cause?: unknown): Fault {
  return new Fault(definition, { sentence, cause });
}
