import { z } from 'zod';
import { BeginHandoff } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { fitToStore } from '#libs/redaction';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const Lines = z.array(z.string().min(1).max(2_000)).max(50).default([]);

export const beginHandoff = defineTool({
  name: 'memory_handoff_begin',
  permission: 'memory:write',
  title: 'Begin handoff',
  description: 'Leave unfinished work to your next session or, if shared, to anybody\'s.',
  input: z.object({
    summary: z.string().min(1).max(16_384),
    open_questions: Lines,
    next_steps: Lines,
    files_touched: z.array(z.string().min(1).max(1_024)).max(200).default([]),
    cwd: z.string().max(4_096).optional(),
    shared: z.boolean().default(false),
    ...PROJECT_PAIR,
  }),
  output: z.object({ scope: row<ScopeAnswer>(), handoff_id: z.string(), redactions: z.number() }),
  annotations: { ...WRITES, idempotentHint: false },
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'create');
    const { value, redactions } = fitToStore({ summary: input.summary, openQuestions: input.open_questions, nextSteps: input.next_steps, filesTouched: input.files_touched, cwd: input.cwd ?? null });
    const { handoff } = await context.ask(BeginHandoff, { ...value, projectId: project.projectId, agent: context.caller.agent, isShared: input.shared });
    return { scope, handoff_id: handoff.handoffId, redactions };
  },
  render: ({ handoff_id, redactions }) => `Handoff ${handoff_id} is open.${redactions > 0 ? ` ${redactions} secrets were replaced.` : ''}`,
});
