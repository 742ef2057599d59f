import { defineFault } from '#libs/faults';

export const NAME_TAKEN = defineFault('identity.name-taken', 'conflict', 'The name is taken. Choose another one.');
export const OWNER_ONLY = defineFault('identity.owner-only', 'forbidden', 'Only an owner of the organisation may do this.');
export const OPERATOR_ONLY = defineFault('identity.operator-only', 'forbidden', 'Only the operator of this installation may do this. Use the bootstrap token.');
