import { z } from 'zod';
import { ListPages, SearchMemories } from '#libs/contracts';
import { Fault, INVALID_INPUT } from '#libs/faults';
import type { ProjectRef } from '../../projects/projects.repository.js';
import { type ObservationHitRow, observationHitRow, type PageHitRow, pageHitRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { sourcesOf } from '../hit-sources.js';
import { defineTool, READS } from '../tool.js';
import type { ToolContext } from '../tool-context.js';
import { nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const PINNED_MAX = 10;

const Input = z.object({
  query: z.string().min(1).max(2_000),
  limit: z.number().int().min(1).max(100).default(10),
  ...PROJECT_PAIR,
  scopes: z.array(z.object({ workspace: z.string(), project: z.string() })).max(25).optional(),
  global: z.boolean().optional(),
  pin_first: z.boolean().optional(),
  explain: z.boolean().optional(),
});
type Input = z.output<typeof Input>;

/** Where a query looks, and how the answer names it. */
interface Reach {
  projects: ProjectRef[];
  scope: ScopeAnswer & { projects?: string[] };
}

export const queryMemory = defineTool({
  name: 'memory_query',
  title: 'Search memory',
  description: 'Search pages and raw session events, best first; any word may match. scopes and global widen it.',
  input: Input,
  aliases: { q: 'query', search: 'query', n: 'limit', top_k: 'limit' },
  output: z.object({ scope: row<Reach['scope']>(), hits: z.array(row<PageHitRow>()), raw_hits: z.array(row<ObservationHitRow>()), terms: z.array(z.string()).optional() }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { projects, scope } = await reachOf(context, input);
    const found = await search(context, projects, input);
    const pinned = input.pin_first ? await pinnedPages(context, projects) : [];
    const isPinned = new Set(pinned.map(({ page_id }) => page_id));
    const hits = found.hits.filter(({ page_id }) => !isPinned.has(page_id));
    return { scope, hits: [...pinned, ...hits], raw_hits: found.rawHits, ...(input.explain ? { terms: found.terms } : {}) };
  },
  render: ({ hits, raw_hits }) => {
    if (hits.length + raw_hits.length === 0) return 'Nothing matches. Try other words, or memory_recent.';
    const pages = hits.map((hit) => `- ${hit.workspace}/${hit.project} ${hit.path} · ${hit.title} (${hit.kind}, by ${hit.author ?? 'unknown'}, ${hit.updated_at.slice(0, 10)}, trust ${hit.trust ?? 'unknown'})\n  ${hit.snippet}`);
    const raw = raw_hits.map((hit) => `- session ${hit.session_id} #${hit.sequence} · ${hit.title} (${hit.kind}, ${hit.occurred_at.slice(0, 10)}, trust ${hit.trust})\n  ${hit.snippet}`);
    return fenced([...pages, ...raw].join('\n'));
  },
});

async function reachOf(context: ToolContext, input: Input): Promise<Reach> {
  const { organisation } = context.caller;
  const several = input.scopes?.length ? input.scopes : undefined;
  if (input.global && several) throw new Fault(INVALID_INPUT, { sentence: 'Pass global or scopes, not both.' });
  if (input.global) return { projects: await context.projects.list(), scope: { organisation, workspace: null, project: null, resolved_by: 'global' } };
  if (!several) {
    const { project, scope } = await context.resolve(input, 'read');
    return { projects: withOwn(project, await context.projects.own()), scope };
  }
  const projects = await Promise.all(several.map(({ workspace, project }) => context.projects.find(workspace, project)));
  return { projects, scope: { organisation, workspace: null, project: null, resolved_by: 'explicit', projects: projects.map(nameOf) } };
}

/** What the organisation tells all of its projects is looked through with each of them. */
function withOwn(project: ProjectRef, own: ProjectRef | undefined): ProjectRef[] {
  return own && own.projectId !== project.projectId ? [project, own] : [project];
}

async function search(context: ToolContext, projects: readonly ProjectRef[], input: Input) {
  if (projects.length === 0) return { hits: [], rawHits: [], terms: [] };
  const names = new Map(projects.map((project) => [project.projectId, project]));
  const found = await context.ask(SearchMemories, { projectIds: [...names.keys()], query: input.query, limit: input.limit, isExplained: input.explain ?? false });
  const sourceOf = await sourcesOf(context.ask, found.hits);
  return {
    hits: found.hits.map((hit) => pageHitRow(hit, names.get(hit.projectId)!, sourceOf(hit))),
    rawHits: found.rawHits.map((hit) => observationHitRow(hit, names.get(hit.projectId)!)),
    terms: found.terms,
  };
}

async function pinnedPages(context: ToolContext, projects: readonly ProjectRef[]) {
  if (projects.length === 0) return [];
  const names = new Map(projects.map((project) => [project.projectId, project]));
  const { pages } = await context.ask(ListPages, { projectIds: [...names.keys()], isPinned: true, limit: PINNED_MAX });
  return pages.map((page) => pageHitRow({ ...page, snippet: page.summary ?? '', score: 0 }, names.get(page.projectId)!, page));
}
