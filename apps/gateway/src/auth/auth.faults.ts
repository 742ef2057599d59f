import { defineFault } from '#libs/faults';

export const TOKEN_MISSING = defineFault('auth.token-missing', 'unauthenticated', 'A token is required: send "Authorization: Bearer <token>".');
export const TOKEN_INVALID = defineFault('auth.token-invalid', 'unauthenticated', 'The token is not valid: mistyped or revoked. Ask an owner for a new one.');
/** Only whoever has the secret learns this. */
export const TOKEN_EXPIRED = defineFault('auth.token-expired', 'unauthenticated', 'The token has expired. Ask an owner for a new one.');
export const HOST_FOREIGN = defineFault('auth.host-foreign', 'forbidden', 'This Host name is not served here. Add it to AI_MEMORY_ALLOWED_HOSTS if it should be.');
export const ORIGIN_FOREIGN = defineFault('auth.origin-foreign', 'forbidden', 'Requests from this Origin are not served here.');
/** RFC 8707: what was given for one resource is worth nothing at another. */
export const TOKEN_FOR_MCP = defineFault('auth.token-for-mcp', 'unauthenticated', 'This token was given to an agent, for MCP alone. Sign in by `ai-memory login`, or make a token.');
