import { z } from 'zod';
import type { PageHead } from '#libs/contracts';
import { BRIEFING_CHARS, briefingText } from '../../briefing/briefing-text.js';
import { readBriefing } from '../../briefing/read-briefing.js';
import { OWN_PROJECT } from '../../projects/project-resolution.js';
import { type HandoffRow, handoffRow, type PageRow, pageRow, row } from '../answer-rows.js';
import { defineTool, READS } from '../tool.js';
import { nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

/** An agent asks for it once, where a hook tells it unasked. */
const CHARS_MAX = 2 * BRIEFING_CHARS.preset;

export const briefProject = defineTool({
  name: 'memory_briefing',
  permission: 'memory:read',
  title: 'Project briefing',
  description: 'Start here: rules, pinned pages, handoffs, what is new.',
  input: z.object({ recent_pages_limit: z.number().int().min(1).max(100).default(10), ...PROJECT_PAIR }),
  output: z.object({
    scope: row<ScopeAnswer>(), counts: row<Record<string, number>>(), last_observation_at: z.string().nullable(), pending_handoffs: z.array(row<HandoffRow>()),
    rules: z.array(row<PageRow>()), slots: z.array(row<PageRow>()), pinned: z.array(row<PageRow>()), recent: z.array(row<PageRow>()), markdown: z.string(),
  }),
  annotations: READS,
  isRecall: true,
  run: async (context, { recent_pages_limit: recentMax, ...pair }) => {
    const { project, scope } = await context.resolve(pair, 'read');
    const briefing = await readBriefing(context.ask, project, { recentMax, charsMax: CHARS_MAX });
    const { captured, pages, handoffs } = briefing;
    const rows = (heads: readonly PageHead[]): PageRow[] => heads.map((page) => pageRow(page, page.projectId === project.organisationId ? { workspace: OWN_PROJECT, project: OWN_PROJECT } : project));
    const counts = {
      pages, sessions: captured.sessions, open_sessions: captured.openSessions, observations: captured.observations,
      observations_7d: captured.observationsLast7Days, observations_30d: captured.observationsLast30Days,
    };
    return {
      scope, counts, last_observation_at: captured.lastObservationAt, pending_handoffs: handoffs.map(handoffRow), rules: rows([...briefing.rules, ...briefing.ownRules]), slots: rows(briefing.slots),
      pinned: rows([...briefing.pinned, ...briefing.ownPinned]), recent: rows(briefing.recent),
      markdown: briefingText(nameOf(project), briefing, CHARS_MAX),
    };
  },
  // It comes fenced from where it is composed, the same as hooks inject it.
  render: ({ markdown }) => markdown,
});
