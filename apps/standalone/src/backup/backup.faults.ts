import { defineFault, Fault, type FaultDefinition } from '#libs/faults';

export const BACKUP_UNUSABLE = defineFault('backup.unusable', 'invalid', 'This backup can not be used.');
export const NOT_EMPTY = defineFault('backup.not-empty', 'conflict', 'There is something already where the backup would go.');
export const DEVIATES = defineFault('backup.deviates', 'internal', 'What is there is not what it should be.');

/** For a person at a terminal: the sentence is all that is told. */
export function refusal(definition: FaultDefinition, sentence: string, cause?: unknown): Fault {
  return new Fault(definition, { sentence, cause });
}
