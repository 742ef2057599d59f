import { z } from 'zod';
import { ListPages } from '#libs/contracts';
import { pageLine, type PageRow, pageRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const listRecentPages = defineTool({
  name: 'memory_recent',
  permission: 'memory:read',
  title: 'Recent pages',
  description: 'The pages written last, newest first, without bodies.',
  input: z.object({ limit: z.number().int().min(1).max(100).default(10), ...PROJECT_PAIR }),
  aliases: { n: 'limit', top_k: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), hits: z.array(row<PageRow>()) }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { pages } = await context.ask(ListPages, { projectIds: [project.projectId], limit: input.limit, isCurrent: true });
    return { scope, hits: pages.map((page) => pageRow(page, project)) };
  },
  render: ({ hits }) => (hits.length > 0 ? fenced(hits.map(pageLine).join('\n')) : 'No pages yet.'),
});
