import { z } from 'zod';

export const SealingConfig = z.object({
  AI_MEMORY_SECRET_KEY: z.string().min(32).optional().describe('Seals the keys and secrets that organisations save, and signs reports of erasures; 32 characters or more. A standalone makes one at its first start.'),
});
export type SealingConfig = z.output<typeof SealingConfig>;
