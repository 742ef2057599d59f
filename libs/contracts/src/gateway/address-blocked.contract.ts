import { z } from 'zod';
import { signal } from '../define.js';

/** An address guessed secrets at one gateway too often; of no organisation, so that it is told in the operator's. */
export const AddressBlocked = signal('gateway.address-blocked.v1', z.object({
  address: z.string().max(100),
  until: z.iso.datetime(),
  /** A gateway of the release before knows of tokens alone. */
  kind: z.enum(['token', 'grant', 'state', 'invitation', 'password', 'user-code']).default('token'),
}));
