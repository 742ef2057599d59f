import type { OutgoingConfig } from '#libs/outgoing';
import type { SealingConfig } from '#libs/sealing';
import type { SignOnConfig } from './sign-on.config.js';

/** What this process was told at its start. */
export const SIGN_ON_SURROUNDINGS = Symbol('SignOnSurroundings');
export type SignOnSurroundings = SignOnConfig & OutgoingConfig & SealingConfig;
