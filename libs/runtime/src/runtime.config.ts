import { z } from 'zod';

export const RuntimeConfig = z.object({
  NATS_URL: z.string().optional().describe('NATS 2.9 or newer with JetStream; unset: messages stay in this process, which must then run all apps.'),
  AI_MEMORY_NATS_REPLICAS: z.coerce.number().refine((servers) => [1, 3, 5].includes(servers), 'must be 1, 3 or 5').default(1).describe('Servers of a NATS cluster that each event is kept on: 1, 3 or 5.'),
  AI_MEMORY_DRAIN_SECONDS: z.coerce.number().min(0).max(60).default(0).describe('How long a process that is told to stop still takes what is sent to it, while it says that it is not ready; for those who balance load.'),
  AI_MEMORY_OPS_BIND: z.string().regex(/^.+:\d+$/, 'must be host:port').default('127.0.0.1:0').describe('Where a service without a public door answers /healthz, /readyz and /metrics; port 0 takes a free one.'),
});
export type RuntimeConfig = z.output<typeof RuntimeConfig>;
