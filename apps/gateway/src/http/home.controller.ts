import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ListOpenHandoffs, ListPages } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { HandoffView, handoffView } from './handoff-view.js';
import { PageHeadView, pageHeadView } from './page-view.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListRecentEverywhere = route({
  method: 'GET',
  path: '/recent',
  summary: 'The pages of all projects that the caller may read, last changed first.',
  query: { limit: wholeNumber(1, 100, 20), cursor: z.string().min(1).max(2_048).optional().describe('`next_cursor` of the answer before.') },
  response: z.object({ pages: z.array(z.object({ scope: ScopeView, page: PageHeadView })), next_cursor: z.string().nullable() }),
});

const ListHandoffsEverywhere = route({
  method: 'GET',
  path: '/handoffs',
  summary: "The caller's open handoffs and shared ones, of all projects, newest first. Claims none of them.",
  query: { limit: wholeNumber(1, 50, 20) },
  response: z.object({ handoffs: z.array(z.object({ scope: ScopeView, handoff: HandoffView })) }),
});

/** What a person begins with: over all of their projects. */
@Controller()
export class HomeController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListRecentEverywhere)
  async listRecentEverywhere(scope: TenantScope, { query }: RouteInput<typeof ListRecentEverywhere>): Promise<RouteAnswer<typeof ListRecentEverywhere>> {
    const projects = await this.byId(scope);
    if (projects.size === 0) return { pages: [], next_cursor: null };
    const { pages, nextCursor } = await this.bus.ask(scope, ListPages, { projectIds: [...projects.keys()], order: 'recent', isCurrent: true, ...query });
    return { pages: pages.map((page) => ({ scope: scopeView(projects.get(page.projectId)!), page: pageHeadView(page) })), next_cursor: nextCursor };
  }

  @Requires('memory:read')
  @Route(ListHandoffsEverywhere)
  async listHandoffsEverywhere(scope: TenantScope, { query }: RouteInput<typeof ListHandoffsEverywhere>): Promise<RouteAnswer<typeof ListHandoffsEverywhere>> {
    const projects = await this.byId(scope);
    if (projects.size === 0) return { handoffs: [] };
    const { handoffs } = await this.bus.ask(scope, ListOpenHandoffs, { projectIds: [...projects.keys()], limit: query.limit });
    return { handoffs: handoffs.map((handoff) => ({ scope: scopeView(projects.get(handoff.projectId)!), handoff: handoffView(handoff) })) };
  }

  private async byId(scope: TenantScope): Promise<Map<string, ProjectRef>> {
    return new Map((await this.projects.listProjects(scope)).map((project) => [project.projectId, project]));
  }
}
