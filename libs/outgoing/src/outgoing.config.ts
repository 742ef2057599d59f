import { z } from 'zod';
import type { OutgoingRules } from './outgoing-address.js';

/** Long enough for a provider's slow day, short enough for a person who waits at a sign-in page. */
const TIMEOUT_MS = 5_000;

export const OutgoingConfig = z.object({
  AI_MEMORY_PRIVATE_HOSTS: z.string().optional().transform((list) => list?.split(',').map((host) => host.trim().toLowerCase()).filter(Boolean) ?? [])
    .describe('Hosts, as in URLs and separated by commas, that may be called though they are in a private network or have no TLS: an identity provider, a webhook.'),
});
export type OutgoingConfig = z.output<typeof OutgoingConfig>;

/** For calls that anybody but the operator can cause: 5 s each, and private addresses only where the operator has named the host. */
export function outgoingRules({ AI_MEMORY_PRIVATE_HOSTS: hosts }: OutgoingConfig): OutgoingRules {
  return { mayBePrivate: (hostname) => hosts.includes(hostname), timeoutMs: TIMEOUT_MS };
}
