import { z } from 'zod';
import { request } from '../define.js';

/** What a month, or a job, took. Costs are in millionths of a US dollar; tokens that were cached are part of the input. */
const Usage = z.object({
  calls: z.number().int(),
  costMicros: z.number().int(),
  inputTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
});

/** A session's consolidation by a language model. One job a session; it starts again when the session has grown. */
export const ConsolidationJob = z.object({
  jobId: z.uuid(),
  sessionId: z.uuid(),
  projectId: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Why it failed, or why its last attempt did. */
  reason: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  usage: Usage,
});
export type ConsolidationJob = z.infer<typeof ConsolidationJob>;

/** Asks for a session to be consolidated now. Fails with `conflict` where no model is configured. */
export const ConsolidateSession = request('compiler.consolidate-session.v1', {
  permission: 'memory:write',
  input: z.object({ sessionId: z.uuid() }),
  output: z.object({ job: ConsolidationJob }),
  isChange: true,
  timeoutMs: 5_000,
});

/** The organisation's jobs, the latest change first. */
export const ListConsolidations = request('compiler.list-consolidations.v1', {
  permission: 'memory:read',
  input: z.object({ sessionId: z.uuid().optional(), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ jobs: z.array(ConsolidationJob) }),
  timeoutMs: 2_000,
});

/** What the organisation's calls of language models took, by month, the newest first. */
export const ReadSpending = request('compiler.read-spending.v1', {
  permission: 'admin:audit',
  input: z.object({ months: z.number().int().min(1).max(36).default(12) }),
  output: z.object({ months: z.array(Usage.extend({ month: z.string(), reservedMicros: z.number().int(), reservedTokens: z.number().int() })) }),
  timeoutMs: 2_000,
});
