import { z } from 'zod';
import { request } from '../define.js';

export const FeedbackSignal = z.enum(['helpful', 'not_helpful', 'stale', 'wrong']);
export type FeedbackSignal = z.infer<typeof FeedbackSignal>;

/** What people said of one version of a page: another version begins anew. */
export const PageFeedback = z.object({
  path: z.string(),
  pageId: z.uuid(),
  counts: z.record(FeedbackSignal, z.number().int()),
  /** The latest that came with a reason, newest first; at most five. */
  remarks: z.array(z.object({ signal: FeedbackSignal, reason: z.string(), by: z.string(), at: z.iso.datetime() })),
});
export type PageFeedback = z.infer<typeof PageFeedback>;

/** Each person has one signal per page: the latest counts. Whether the page exists is the caller's to know. */
export const WriteFeedback = request('compiler.write-feedback.v1', {
  permission: 'memory:write',
  input: z.object({ projectId: z.uuid(), path: z.string().max(1_024), pageId: z.uuid(), signal: FeedbackSignal, reason: z.string().max(500).optional() }),
  output: z.object({ feedback: PageFeedback }),
  timeoutMs: 2_000,
  isChange: true,
});

/** Of the given versions, or of all pages of the project; the last judged first. Versions without feedback are left out. */
export const ListFeedback = request('compiler.list-feedback.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), pageIds: z.array(z.uuid()).max(100).optional(), limit: z.number().int().min(1).max(100).default(50) }),
  output: z.object({ pages: z.array(PageFeedback) }),
  timeoutMs: 2_000,
});
