import { z } from 'zod';

export const StandaloneConfig = z.object({
  AI_MEMORY_DATA_DIR: z.string().optional().describe('Where everything is kept; unset: the platform\'s data folder.'),
  DATABASE_URL: z.string().optional().describe('A Postgres to use in place of the embedded one.'),
  NATS_URL: z.string().optional().describe('A NATS server to use in place of the embedded one.'),
  AI_MEMORY_AUTH_TOKEN: z.string().optional().describe('The bootstrap owner\'s token.'),
});
