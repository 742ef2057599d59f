import { z } from 'zod';
import type { TermRarity } from '#libs/contracts';
import { Fault, INVALID_INPUT } from '#libs/faults';
import type { ProjectRef } from '../../projects/projects.repository.js';
import { findMemories } from '../../search/found-memories.js';
import { SEARCH_FIELDS } from '../../search/search-request.js';
import { type ObservationHitRow, observationHitRow, type PageHitRow, pageHitRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import type { ToolContext } from '../tool-context.js';
import { nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const Input = z.object({
  query: z.string().min(1).max(2_000),
  limit: z.number().int().min(1).max(100).default(10),
  ...PROJECT_PAIR,
  scopes: z.array(z.object({ workspace: z.string(), project: z.string() })).max(25).optional(),
  global: z.boolean().optional(),
  ...SEARCH_FIELDS,
});
type Input = z.output<typeof Input>;

/** Where a query looks, and how the answer names it. */
interface Reach {
  projects: ProjectRef[];
  scope: ScopeAnswer & { projects?: string[] };
}

const Output = z.object({
  scope: row<Reach['scope']>(),
  hits: z.array(row<PageHitRow>()),
  raw_hits: z.array(row<ObservationHitRow>()),
  next_cursor: z.string().nullable(),
  phrase_missed: z.boolean().optional(),
  corrections: z.array(z.object({ term: z.string(), searched: z.array(z.string()) })).optional(),
  terms: z.array(z.string()).optional(),
  rarities: row<Record<'pages' | 'observations', TermRarity[]>>().optional(),
});

export const queryMemory = defineTool({
  name: 'memory_query',
  permission: 'memory:read',
  title: 'Search memory',
  description: 'Search pages and raw session events, best first; any word may match. "phrase" must, -word must not; kind: path: after: narrow, scopes and global widen.',
  input: Input,
  aliases: { q: 'query', search: 'query', n: 'limit', top_k: 'limit' },
  output: Output,
  listedInFull: [...Object.keys(SEARCH_FIELDS), 'phrase_missed', 'corrections', 'terms', 'rarities'],
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { projects, scope } = await reachOf(context, input);
    const { query, limit, ...fields } = input;
    const found = await findMemories(context.ask, projects, { query, limit, fields });
    return {
      scope, hits: found.hits.map(pageHitRow), raw_hits: found.rawHits.map(observationHitRow), next_cursor: found.nextCursor ?? null,
      ...(found.isPhraseMissed ? { phrase_missed: true } : {}),
      ...(found.corrections ? { corrections: found.corrections } : {}),
      ...(input.explain ? { terms: found.terms, rarities: found.rarities } : {}),
    };
  },
  render: ({ hits, raw_hits, phrase_missed, corrections = [] }) => {
    if (hits.length + raw_hits.length === 0) return 'Nothing matches. Try other words, or memory_recent.';
    const pages = hits.map((hit) => `- ${hit.workspace}/${hit.project} ${hit.path}${hit.section ? `#${hit.section.anchor}` : ''} · ${hit.title} (${hit.kind}${hit.superseded ? ', superseded' : ''}${hit.since && hit.since !== 'unchanged' ? `, ${hit.since} since` : ''}, by ${hit.author ?? 'unknown'}, ${hit.updated_at.slice(0, 10)}, trust ${hit.trust ?? 'unknown'})\n  ${hit.snippet}`);
    const raw = raw_hits.map((hit) => `- session ${hit.session_id} #${hit.sequence} · ${hit.title} (${hit.kind}, ${hit.occurred_at.slice(0, 10)}, trust ${hit.trust}${hit.repeats ? `, and ${hit.repeats} more that say the same` : ''})\n  ${hit.snippet}`);
    const corrected = corrections.map(({ term, searched }) => `Next to nothing holds "${term}"; looked for ${searched.map((word) => `"${word}"`).join(', ')} too.`);
    const missed = phrase_missed ? ['Nothing holds the phrase; these hold words of it.'] : [];
    return [...missed, ...corrected, fenced([...pages, ...raw].join('\n'))].join('\n');
  },
});

async function reachOf(context: ToolContext, input: Input): Promise<Reach> {
  const { organisation } = context.caller;
  const several = input.scopes?.length ? input.scopes : undefined;
  if (input.global && several) throw new Fault(INVALID_INPUT, { sentence: 'Pass global or scopes, not both.' });
  if (input.as_of !== undefined && (input.global || several)) throw new Fault(INVALID_INPUT, { sentence: 'as_of searches one project: pass neither global nor scopes with it.' });
  if (input.global) return { projects: await context.projects.list(), scope: { organisation, workspace: null, project: null, resolved_by: 'global' } };
  if (!several) {
    const [{ project, scope }, own] = await Promise.all([context.resolve(input, 'read'), context.projects.own()]);
    return { projects: withOwn(project, own), scope };
  }
  const projects = await Promise.all(several.map(({ workspace, project }) => context.projects.find(workspace, project)));
  return { projects, scope: { organisation, workspace: null, project: null, resolved_by: 'explicit', projects: projects.map(nameOf) } };
}

/** What the organisation tells all of its projects is looked through with each of them. */
function withOwn(project: ProjectRef, own: ProjectRef | undefined): ProjectRef[] {
  return own && own.projectId !== project.projectId ? [project, own] : [project];
}
