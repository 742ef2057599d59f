import { defineFault } from '#libs/faults';

export const NAME_TAKEN = defineFault('identity.name-taken', 'conflict', 'The name is taken. Choose another one.');
export const OWNER_ONLY = defineFault('identity.owner-only', 'forbidden', 'Only an owner of the organisation may do this.');
export const TOKEN_EXCEEDED = defineFault('token.exceeded', 'forbidden', 'A token may do no more than the one that it is made or rotated with: fewer scopes, or fewer projects.');
export const TOKEN_ENDED = defineFault('token.ended', 'conflict', 'The token is rotated, expired or revoked already. Make a new one.');
export const TOKEN_PRESET = defineFault('token.preset', 'conflict', 'This token stands in the settings of the installation. Change AI_MEMORY_AUTH_TOKEN instead.');
