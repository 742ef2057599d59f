import { z } from 'zod';
import { ReadPage, WritePages } from '#libs/contracts';
import { restored } from '../../http/restored-page.js';
import { row } from '../answer-rows.js';
import { authorOf } from '../caller.js';
import { guarded } from '../guarded-write.js';
import { proposedText } from '../proposed-text.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const restorePage = defineTool({
  name: 'memory_restore_page',
  permission: 'pages:write',
  title: 'Restore page',
  description: 'Write a page as it was in a commit that memory_page_history names, also one that is deleted.',
  input: z.object({ path: z.string().min(1).max(1_024), commit: z.string().regex(/^[0-9a-f]{40}$/), expected_page_id: z.uuid().optional(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), path: z.string(), page_id: z.string().nullable(), outcome: z.string(), proposal_id: z.string().optional() }),
  annotations: WRITES,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'write');
    const { page } = await context.ask(ReadPage, { projectId: project.projectId, path: input.path, at: input.commit });
    const write = { ...restored(project, page, input.commit, input.expected_page_id), author: authorOf(context.caller), by: 'agent' as const };
    const { pages: [written] } = await guarded(context, project.projectId, input.path, () => context.ask(WritePages, write));
    return { scope, path: page.path, page_id: written!.pageId, outcome: written!.outcome, proposal_id: written!.proposalId };
  },
  render: ({ path, page_id, outcome, proposal_id: proposal }) => proposal ? proposedText(path, proposal) : `${path}: ${outcome}, page_id ${page_id}.`,
});
