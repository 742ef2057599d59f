import { defineFault } from '#libs/faults';

export const NAME_TAKEN = defineFault('identity.name-taken', 'conflict', 'The name is taken. Choose another one.');
export const OWNER_ONLY = defineFault('identity.owner-only', 'forbidden', 'Only an owner of the organisation may do this.');
export const LAST_OWNER = defineFault('identity.last-owner', 'conflict', 'An organisation keeps one owner at least. Make somebody else an owner first.');
export const OPERATOR_STAYS = defineFault('identity.operator-stays', 'conflict', 'Who runs the installation stays the owner of this organisation.');
export const TOKEN_EXCEEDED = defineFault('token.exceeded', 'forbidden', 'A token may do no more than the one that it is made or rotated with: fewer scopes, or fewer projects.');
export const TOKEN_ENDED = defineFault('token.ended', 'conflict', 'The token is rotated, expired or revoked already. Make a new one.');
export const TOKEN_PRESET = defineFault('token.preset', 'conflict', 'This token stands in the settings of the installation. Change AI_MEMORY_AUTH_TOKEN instead.');
