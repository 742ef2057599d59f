import { defineFault } from '#libs/faults';

export const ON_HOLD = defineFault('erasure.on-hold', 'conflict', 'A legal hold covers this: nothing of it may be erased or purged until an owner lifts the hold.');
export const CONFIRM = defineFault('erasure.not-confirmed', 'invalid', 'To confirm, send the name of what is to be erased as "confirm".');
export const BOOTSTRAP_STAYS = defineFault('erasure.bootstrap', 'conflict', 'The organisation of the operator stays as long as the installation does. Erase its projects one by one.');
export const ALREADY = defineFault('erasure.under-way', 'conflict', 'This is being erased already.');
export const OWNERS_ONLY = defineFault('erasure.owners-only', 'forbidden', 'Only an owner of the organisation, or the operator, can erase it.');
export const NOT_BY_ONESELF = defineFault('erasure.not-by-oneself', 'forbidden', 'The organisation does not let its people erase themselves. Ask an owner or admin.');
export const WHOLE_CREDENTIAL = defineFault('erasure.whole-credential', 'forbidden', 'This needs a sign-in, or a token that may do all that you may.');
