import { z } from 'zod';
import { Handoff, HandoffState } from '#libs/contracts';

export const HandoffView = z.object({
  handoff_id: z.uuid(),
  session_id: z.uuid().nullable(),
  origin: Handoff.shape.origin,
  from_agent: z.string(),
  owner: z.object({ user_id: z.uuid(), name: z.string() }),
  shared: z.boolean(),
  cwd: z.string().nullable(),
  summary: z.string(),
  open_questions: z.array(z.string()),
  next_steps: z.array(z.string()),
  files_touched: z.array(z.string()),
  state: HandoffState,
  created_at: z.iso.datetime(),
  accepted_at: z.iso.datetime().nullable(),
  accepted_by_agent: z.string().nullable(),
}).meta({ id: 'Handoff' });

export function handoffView(handoff: Handoff): z.output<typeof HandoffView> {
  return {
    handoff_id: handoff.handoffId, session_id: handoff.sessionId, origin: handoff.origin, from_agent: handoff.fromAgent,
    owner: { user_id: handoff.ownerId, name: handoff.ownerName }, shared: handoff.isShared, cwd: handoff.cwd, summary: handoff.summary,
    open_questions: handoff.openQuestions, next_steps: handoff.nextSteps, files_touched: handoff.filesTouched, state: handoff.state,
    created_at: handoff.createdAt, accepted_at: handoff.acceptedAt, accepted_by_agent: handoff.acceptedByAgent,
  };
}
