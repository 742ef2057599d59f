import { z } from 'zod';
import { FeedbackSignal, ReadPage, WriteFeedback } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import { row } from '../answer-rows.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const giveFeedback = defineTool({
  name: 'memory_feedback',
  permission: 'memory:write',
  title: 'Give feedback',
  description: 'Say whether a page helped, is stale or wrong, and why. Counts for this version of it; better still, mend the page.',
  input: z.object({ path: z.string().min(1).max(1_024), signal: FeedbackSignal, reason: z.string().min(1).max(500).optional(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), path: z.string(), page_id: z.string(), counts: row<Record<FeedbackSignal, number>>() }),
  annotations: WRITES,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'write');
    const { projectId } = project;
    const { page: { path, pageId } } = await context.ask(ReadPage, { projectId, path: input.path });
    const { value: reason } = fitToStore(input.reason);
    const { feedback } = await context.ask(WriteFeedback, { projectId, path, pageId, signal: input.signal, reason });
    return { scope, path, page_id: pageId, counts: feedback.counts };
  },
  render: ({ path, counts }) => `${path}: ${Object.entries(counts).map(([signal, count]) => `${count} ${signal}`).join(', ')}.`,
});
