import type { z } from 'zod';
import { IdentityAnswer } from './answers.js';
import type { ServerClient } from './server-client.js';

/** Who the caller is to a server. Throws a Failure: unreachable, unauthenticated, or not an ai-memory server. */
export function readIdentity(server: ServerClient): Promise<z.output<typeof IdentityAnswer>> {
  return server.ask(IdentityAnswer, '/identity');
}

/** The caller as people name it: `dev of acme`. */
export function callerName({ operator, level, organisation }: z.output<typeof IdentityAnswer>): string {
  return `${operator} of ${organisation}${level === 'anonymous' ? ', without a token' : ''}`;
}
