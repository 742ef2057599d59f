import { z } from 'zod';
import { WritePages } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { authorOf } from '../caller.js';
import { guarded } from '../guarded-write.js';
import { proposedText } from '../proposed-text.js';
import { defineTool, WRITES } from '../tool.js';
import { nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const deletePage = defineTool({
  name: 'memory_delete_page',
  permission: 'pages:write',
  title: 'Delete page',
  description: 'Delete a page; git keeps its history.',
  input: z.object({ path: z.string().min(1).max(1_024), expected_page_id: z.uuid().optional(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), path: z.string(), deleted: z.boolean(), proposal_id: z.string().optional() }),
  annotations: { ...WRITES, destructiveHint: true },
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'write');
    const { pages } = await guarded(context, project.projectId, input.path, () => context.ask(WritePages, {
      projectId: project.projectId,
      projectName: nameOf(project),
      pages: [],
      deletes: [{ path: input.path, expectedPageId: input.expected_page_id }],
      message: `Delete ${input.path}`,
      author: authorOf(context.caller),
      by: 'agent',
    }));
    return { scope, path: input.path, deleted: pages[0]?.outcome === 'deleted', proposal_id: pages[0]?.proposalId };
  },
  render: ({ path, deleted, proposal_id: proposal }) => (proposal ? proposedText(path, proposal) : deleted ? `${path} is deleted.` : `${path}: there was no such page.`),
});
