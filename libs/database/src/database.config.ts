import { z } from 'zod';

export const DatabaseConfig = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Postgres 15 or newer. The login must be able to `SET ROLE ai_memory_app`; migrations also need to own the schemas.'),
  AI_MEMORY_DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(40).describe('Connections this process may hold.'),
});
export type DatabaseConfig = z.output<typeof DatabaseConfig>;
