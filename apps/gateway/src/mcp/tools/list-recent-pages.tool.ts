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
  input: z.object({ limit: z.number().int().min(1).max(100).default(10), cursor: z.string().max(2_048).optional(), ...PROJECT_PAIR }),
  aliases: { n: 'limit', top_k: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), hits: z.array(row<PageRow>()), next_cursor: z.string().nullable() }),
  listedInFull: ['cursor', 'next_cursor'],
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { pages, nextCursor } = await context.ask(ListPages, { projectIds: [project.projectId], limit: input.limit, cursor: input.cursor, isCurrent: true });
    return { scope, hits: pages.map((page) => pageRow(page, project)), next_cursor: nextCursor };
  },
  render: ({ hits }) => (hits.length > 0 ? fenced(hits.map(pageLine).join('\n')) : 'No pages yet.'),
});
