import { defineFault } from '#libs/faults';

export const NAME_TAKEN = defineFault('identity.name-taken', 'conflict', 'The name is taken. Choose another one.');
export const OWNER_ONLY = defineFault('identity.owner-only', 'forbidden', 'Only an owner of the organisation may do this.');
