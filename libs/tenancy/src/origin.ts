import { z } from 'zod';

/** By what and from where a caller came, for the record alone: nothing is decided by it. Set by the gateway, carried in the scope. */
export const Origin = z.object({
  /** The trace of the request, as its answer names it in `x-trace-id`. */
  requestId: z.string().max(64).nullable(),
  address: z.string().max(64).nullable(),
  /** What the client calls itself, redacted and cut. */
  client: z.string().max(200).nullable(),
  /** The token that was shown; null for being local. */
  tokenId: z.uuid().nullable(),
});
export type Origin = z.infer<typeof Origin>;
