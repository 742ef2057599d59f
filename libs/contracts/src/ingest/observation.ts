import { z } from 'zod';

/** The closed vocabulary of stored kinds; every agent's event names map onto it (libs/agents). */
export const ObservationKind = z.enum([
  'session-start', 'user-prompt', 'pre-tool-use', 'post-tool-use', 'pre-compact',
  'post-compaction', 'notification', 'stop', 'session-end', 'other',
]);
export type ObservationKind = z.infer<typeof ObservationKind>;

export const ToolFamily = z.enum(['shell', 'read', 'edit', 'write', 'search', 'web', 'agent', 'plan', 'mcp', 'other']);
export type ToolFamily = z.infer<typeof ToolFamily>;

/** Upper bounds in UTF-8 bytes, applied after redaction. */
export const CAPTURE_BYTES_MAX = {
  prompt: 16 * 1024,
  compaction: 16 * 1024,
  excerpt: 2_000,
  command: 2_000,
  path: 1_024,
  title: 256,
} as const;

/** One todo item of an agent's own plan, as the agent last reported it. */
export const PlanItem = z.object({ text: z.string(), status: z.enum(['pending', 'in-progress', 'completed']) });
export type PlanItem = z.infer<typeof PlanItem>;

/** What a reader needs of a tool call. Every text in it is redacted and bounded. */
export const ToolUse = z.object({
  /** As the agent names it, e.g. `Bash`, `mcp__mem__echo`. */
  name: z.string(),
  family: ToolFamily,
  /** Pairs a pre-tool-use with its post-tool-use. */
  callId: z.string().optional(),
  command: z.string().optional(),
  /** The file the call is about, as the agent gave it. */
  path: z.string().optional(),
  outcome: z.enum(['success', 'error', 'unknown']).optional(),
  /** Head and tail of the result (post-tool-use) or of remaining arguments (pre-tool-use). */
  excerpt: z.string().optional(),
  plan: z.array(PlanItem).max(100).optional(),
});
export type ToolUse = z.infer<typeof ToolUse>;

/** A lifecycle event after normalisation, redaction and bounding: what may be stored. */
export const CapturedEvent = z.object({
  kind: ObservationKind,
  /** The event's name as it came over the wire, at most 128 characters. */
  sourceEvent: z.string().max(128),
  /** RFC 3339, UTC; from the client where it gave one, else the time of receipt. */
  occurredAt: z.iso.datetime(),
  title: z.string(),
  /** Prompt, compaction summary, notification, or the last assistant message; empty for tool events. */
  body: z.string(),
  tool: ToolUse.optional(),
  model: z.string().optional(),
  /** `startup`, `resume`, `clear`, `compact` of a session start; the reason of a session end. */
  source: z.string().optional(),
  isSubagent: z.boolean().default(false),
  /** Unique per occurrence within the organisation; a second event with the same key is a replay. */
  idempotencyKey: z.string().min(1).max(128),
  /** True where the payload carried no id of its own, so that the key only holds for a minute. */
  isKeyShortLived: z.boolean().default(false),
  /** True for what was read from an agent's own store: hooks may have reported it already, under another key. */
  isImported: z.boolean().optional(),
  /**
   * True for what is imported with a time that is a guess, so that it can't be matched with what hooks have reported: where they
   * have reported anything of its session, it is a replay. Optional for senders of before it.
   */
  isUntimed: z.boolean().optional(),
});
export type CapturedEvent = z.infer<typeof CapturedEvent>;

/** A stored event. `sequence` is dense per session, from 1, in order of commit; `occurredAt` orders the story. */
export const Observation = CapturedEvent
  .omit({ idempotencyKey: true, isKeyShortLived: true, isImported: true, isUntimed: true })
  .extend({ observationId: z.uuid(), sequence: z.number().int().positive() });
export type Observation = z.infer<typeof Observation>;

export const Session = z.object({
  sessionId: z.uuid(),
  nativeSessionId: z.string(),
  agent: z.string(),
  workspaceId: z.uuid(),
  projectId: z.uuid(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  cwd: z.string().nullable(),
  model: z.string().nullable(),
  startedAt: z.iso.datetime(),
  lastEventAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  endReason: z.string().nullable(),
  /** Number of observations stored; grows by one with each. What was compiled at generation N has seen N of them. */
  generation: z.number().int().nonnegative(),
  /** When what was captured was let go by retention; optional for servers of before it. */
  expiredAt: z.iso.datetime().nullable().optional(),
});
export type Session = z.infer<typeof Session>;
