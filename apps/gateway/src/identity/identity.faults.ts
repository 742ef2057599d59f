import { defineFault } from '#libs/faults';

export const NAME_TAKEN = defineFault('identity.name-taken', 'conflict', 'The name is taken. Choose another one.');
export const OWNER_ONLY = defineFault('identity.owner-only', 'forbidden', 'Only an owner of the organisation may do this.');
export const LAST_OWNER = defineFault('identity.last-owner', 'conflict', 'An organisation keeps one owner at least. Make somebody else an owner first.');
export const OPERATOR_STAYS = defineFault('identity.operator-stays', 'conflict', 'Who runs the installation stays the owner of this organisation.');
