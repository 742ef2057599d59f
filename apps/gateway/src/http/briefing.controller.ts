import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { BRIEFING_CHARS, briefingText } from '../briefing/briefing-text.js';
import { readBriefing } from '../briefing/read-briefing.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ReadProjectBriefing = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/briefing',
  summary: 'What an agent is told of a project: rules, pinned pages and slots, open handoffs, recent pages.',
  query: {
    max_chars: wholeNumber(BRIEFING_CHARS.min, BRIEFING_CHARS.max, BRIEFING_CHARS.preset).describe('What the briefing may take, in characters: about four to a token.'),
    recent_pages_limit: wholeNumber(1, 100, 10),
  },
  response: z.object({ scope: ScopeView, markdown: z.string().describe('Recalled text stands between the markers of untrusted history.') }),
});

@Controller()
export class BriefingController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadProjectBriefing)
  async readBriefing(scope: TenantScope, { params, query }: RouteInput<typeof ReadProjectBriefing>): Promise<RouteAnswer<typeof ReadProjectBriefing>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const briefing = await readBriefing((contract, input) => this.bus.ask(scope, contract, input), project, { recentMax: query.recent_pages_limit, charsMax: query.max_chars });
    return { scope: scopeView(project), markdown: briefingText(`${project.workspace}/${project.project}`, briefing, query.max_chars) };
  }
}
