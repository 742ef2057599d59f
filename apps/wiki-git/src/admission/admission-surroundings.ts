import type { OutgoingConfig } from '#libs/outgoing';
import type { SealingConfig } from '#libs/sealing';

export type AdmissionSurroundings = OutgoingConfig & SealingConfig;

/** Injection token of the parsed sections. */
export const ADMISSION_SURROUNDINGS = Symbol('AdmissionSurroundings');
