import { z } from 'zod';

export const RuntimeConfig = z.object({
  NATS_URL: z.string().optional().describe('NATS 2.9 or newer with JetStream; unset: messages stay in this process, which must then run all apps.'),
  AI_MEMORY_OPS_BIND: z.string().regex(/^.+:\d+$/, 'must be host:port').default('127.0.0.1:0').describe('Where a service without a public door answers /healthz, /readyz and /metrics; port 0 takes a free one.'),
});
export type RuntimeConfig = z.output<typeof RuntimeConfig>;
