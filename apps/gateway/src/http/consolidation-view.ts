import { z } from 'zod';
import type { ConsolidationJob } from '#libs/contracts';

const MICROS = 1_000_000;

export const UsageView = z.object({
  calls: z.int(),
  cost_usd: z.number().describe('Of models with a known price.'),
  input_tokens: z.int(),
  cached_tokens: z.int().describe('Part of the input.'),
  output_tokens: z.int(),
});

export function usageView({ calls, costMicros, inputTokens, cachedTokens, outputTokens }: ConsolidationJob['usage']): z.output<typeof UsageView> {
  return { calls, cost_usd: dollars(costMicros), input_tokens: inputTokens, cached_tokens: cachedTokens, output_tokens: outputTokens };
}

export const JobView = z.object({
  job_id: z.uuid(),
  session_id: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  reason: z.string().nullable().describe('Why it failed, or why its last attempt did.'),
  attempts: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  usage: UsageView,
});

export function jobView(job: ConsolidationJob): z.output<typeof JobView> {
  return {
    job_id: job.jobId, session_id: job.sessionId, state: job.state, reason: job.reason, attempts: job.attempts,
    created_at: job.createdAt, updated_at: job.updatedAt, usage: usageView(job.usage),
  };
}

export function dollars(micros: number): number {
  return micros / MICROS;
}
