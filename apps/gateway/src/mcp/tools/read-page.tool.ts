import { z } from 'zod';
import { type FeedbackSignal, ListFeedback, ListRelated, type Page, ReadPage, SearchMemories } from '#libs/contracts';
import { Fault, INVALID_INPUT, NOT_FOUND } from '#libs/faults';
import { type PageRow, pageRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import type { ToolContext } from '../tool-context.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const RELATED_MAX = 50;

/** In the reference system's spelling, and how it is related. */
interface RelatedPage {
  path: string;
  title: string;
  kind: string;
  depth: number;
  direction: 'outgoing' | 'incoming' | 'shared';
  from: string;
  by: string | null;
}

const DIRECTION = { link: 'outgoing', backlink: 'incoming', subject: 'shared', session: 'shared' } as const;
const ARROW = { outgoing: '→', incoming: '←', shared: '~' } as const;

export const readPage = defineTool({
  name: 'memory_read_page',
  permission: 'memory:read',
  title: 'Read page',
  description: 'One page in full, by path or as the best match of a query.',
  input: z.object({ path: z.string().min(1).max(1_024).optional(), query: z.string().min(1).max(2_000).optional(), include_related: z.boolean().optional(), related_depth: z.int().min(1).max(3).optional(), ...PROJECT_PAIR }),
  listedInFull: ['related_depth'],
  aliases: { q: 'query', search: 'query' },
  output: z.object({
    scope: row<ScopeAnswer>(), page: row<PageRow & { commit: string; feedback: Record<FeedbackSignal, number> | null; superseded_by: string | null }>(), body: z.string(), frontmatter: row<Page['frontmatter']>(),
    links: z.array(row<Page['links'][number]>()), related: z.array(row<RelatedPage>()).optional(),
  }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const path = await pathOf(context, project.projectId, input);
    const { page } = await context.ask(ReadPage, { projectId: project.projectId, path });
    return {
      scope, page: { ...pageRow(page, project), commit: page.commit, feedback: await feedbackOn(context, page), superseded_by: page.supersededBy ?? null }, body: page.body, frontmatter: page.frontmatter, links: page.links,
      ...(input.include_related ? { related: await relatedPages(context, page, input.related_depth) } : {}),
    };
  },
  render: ({ page, body, related = [] }) => {
    const head = `${page.path} · ${page.title} (${page.kind}, page_id ${page.page_id})\nWritten by ${page.author}${page.agent ? ` with ${page.agent}` : ''} at ${page.updated_at}, trust ${page.trust}.`;
    const { stale = 0, wrong = 0 } = page.feedback ?? {};
    const successor = page.superseded_by === null ? [] : [`Superseded by ${page.superseded_by}: read that one.`];
    const doubt = stale + wrong > 0 ? [`Called stale by ${stale} and wrong by ${wrong} of its readers.`] : [];
    const neighbours = related.map(({ path, direction }) => `- ${ARROW[direction]} ${path}`);
    return fenced([head, ...successor, ...doubt, '', body, ...neighbours].join('\n'));
  },
});

async function pathOf(context: ToolContext, projectId: string, { path, query }: { path?: string | undefined; query?: string | undefined }): Promise<string> {
  if (path !== undefined && query === undefined) return path;
  if (query === undefined || path !== undefined) throw new Fault(INVALID_INPUT, { sentence: 'Pass exactly one of path and query.' });
  const { hits } = await context.ask(SearchMemories, { projectIds: [projectId], query, limit: 1 });
  if (!hits[0]) throw new Fault(NOT_FOUND, { sentence: 'No page matches the query.' });
  return hits[0].path;
}

/** Null where there is none, and where it can't be had: the page itself is worth reading without. */
async function feedbackOn(context: ToolContext, { projectId, pageId }: Page): Promise<Record<FeedbackSignal, number> | null> {
  try {
    const { pages: [judged] } = await context.ask(ListFeedback, { projectId, pageIds: [pageId] });
    return judged?.counts ?? null;
  } catch {
    return null;
  }
}

async function relatedPages(context: ToolContext, { projectId, path }: Page, depth: number | undefined): Promise<RelatedPage[]> {
  const { related } = await context.ask(ListRelated, { projectId, path, depth, limit: RELATED_MAX });
  return related.map(({ page, relation, depth: away, from, by }) => ({ path: page.path, title: page.title, kind: page.kind, depth: away, direction: DIRECTION[relation], from, by }));
}
