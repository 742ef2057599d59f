import { z } from 'zod';
import { CountCaptured, CountPages, ListHandoffs, ListPages } from '#libs/contracts';
import { type HandoffRow, handoffRow, pageLine, type PageRow, pageRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const HANDOFFS_MAX = 10;
const PINNED_MAX = 10;
const RULES_MAX = 50;
const SLOTS_MAX = 50;

export const briefProject = defineTool({
  name: 'memory_briefing',
  title: 'Project briefing',
  description: 'Start here: activity, pending handoffs, rules, pinned and recent pages.',
  input: z.object({ recent_pages_limit: z.number().int().min(1).max(100).default(10), ...PROJECT_PAIR }),
  output: z.object({
    scope: row<ScopeAnswer>(), counts: row<Record<string, number>>(), last_observation_at: z.string().nullable(), pending_handoffs: z.array(row<HandoffRow>()),
    rules: z.array(row<PageRow>()), slots: z.array(row<PageRow>()), pinned: z.array(row<PageRow>()), recent: z.array(row<PageRow>()),
  }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { projectId } = project;
    const pages = async (selection: { kinds?: ('rule' | 'slot')[]; isPinned?: boolean; limit: number }): Promise<PageRow[]> =>
      (await context.ask(ListPages, { projectIds: [projectId], ...selection })).pages.map((page) => pageRow(page, project));
    const [captured, wiki, open, rules, slots, pinned, recent] = await Promise.all([
      context.ask(CountCaptured, { projectId }), context.ask(CountPages, { projectId }), context.ask(ListHandoffs, { projectId, limit: HANDOFFS_MAX }),
      pages({ kinds: ['rule'], limit: RULES_MAX }), pages({ kinds: ['slot'], limit: SLOTS_MAX }), pages({ isPinned: true, limit: PINNED_MAX }), pages({ limit: input.recent_pages_limit }),
    ]);
    const counts = {
      pages: wiki.pages, sessions: captured.sessions, open_sessions: captured.openSessions, observations: captured.observations,
      observations_7d: captured.observationsLast7Days, observations_30d: captured.observationsLast30Days,
    };
    return { scope, counts, last_observation_at: captured.lastObservationAt, pending_handoffs: open.handoffs.map(handoffRow), rules, slots, pinned, recent };
  },
  render: ({ scope, counts, pending_handoffs, rules, slots, pinned, recent }) => {
    const head = `${scope.workspace}/${scope.project}: ${counts.pages} pages, ${counts.sessions} sessions, ${counts.observations_7d} events in 7 days.`;
    const handoffs = pending_handoffs.map(({ handoff_id, from_agent, summary }) => `- ${handoff_id} from ${from_agent}: ${summary}`);
    const parts = [part('Pending handoffs', handoffs), part('Rules', rules.map(pageLine)), part('Slots', slots.map(pageLine)), part('Pinned', pinned.map(pageLine)), part('Recent', recent.map(pageLine))];
    return `${head}\n${fenced(parts.filter(Boolean).join('\n\n'))}`;
  },
});

function part(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? `${title}\n${lines.join('\n')}` : '';
}
