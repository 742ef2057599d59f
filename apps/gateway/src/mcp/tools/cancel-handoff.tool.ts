import { z } from 'zod';
import { CancelHandoff } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const cancelHandoff = defineTool({
  name: 'memory_handoff_cancel',
  permission: 'memory:write',
  title: 'Cancel handoff',
  description: 'Take back an open handoff, so that no session gets it.',
  input: z.object({ handoff_id: z.uuid(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), handoff_id: z.string(), state: z.string() }),
  annotations: { ...WRITES, destructiveHint: true },
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'write');
    const { handoff } = await context.ask(CancelHandoff, { projectId: project.projectId, handoffId: input.handoff_id });
    return { scope, handoff_id: handoff.handoffId, state: handoff.state };
  },
  render: ({ handoff_id, state }) => `Handoff ${handoff_id} is ${state}.`,
});
