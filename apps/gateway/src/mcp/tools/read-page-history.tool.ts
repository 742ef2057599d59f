import { z } from 'zod';
import { DiffPage, type OutputOf, ReadHistory } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

type Revision = OutputOf<typeof ReadHistory>['revisions'][number];

export const readPageHistory = defineTool({
  name: 'memory_page_history',
  permission: 'memory:read',
  title: 'Page history',
  description: 'The commits that changed a page, newest first, and the diff of the last one or between two.',
  input: z.object({
    path: z.string().min(1).max(1_024), from: z.string().regex(/^[0-9a-f]{40}$/).optional(), to: z.string().regex(/^[0-9a-f]{40}$/).optional(),
    limit: z.int().min(1).max(200).default(20), ...PROJECT_PAIR,
  }),
  output: z.object({ scope: row<ScopeAnswer>(), path: z.string(), revisions: z.array(row<Revision>()), diff: z.string(), cut: z.boolean() }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { projectId } = project;
    const { revisions } = await context.ask(ReadHistory, { projectId, path: input.path, limit: input.limit });
    const { diff, isCut } = await context.ask(DiffPage, { projectId, path: input.path, from: input.from, to: input.to });
    return { scope, path: input.path, revisions, diff, cut: isCut };
  },
  render: ({ path, revisions, diff }) => {
    const lines = revisions.map(({ commit, committedAt, author, change, message }) => `- ${commit} ${committedAt} ${author}: ${change} · ${message.split('\n')[0]}`);
    return [path, fenced([...lines, '', diff].join('\n'))].join('\n');
  },
});
