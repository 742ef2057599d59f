import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { LINKED_PAGES_MAX, LINKS_OF_PAGE_MAX, ListLinks, PageKind } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { PATH_PARAMS } from './path-params.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListProjectLinks = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/links',
  summary: 'All pages by path, each with the pages that it links to: what a graph of the wiki is drawn of.',
  query: { after: PATH_PARAMS.path.optional().describe('`next` of the answer before.'), limit: wholeNumber(1, LINKED_PAGES_MAX, LINKED_PAGES_MAX) },
  response: z.object({
    scope: ScopeView,
    pages: z.array(z.object({ path: z.string(), title: z.string(), kind: PageKind, links: z.array(z.string()).describe(`At most ${LINKS_OF_PAGE_MAX}.`) })),
    next: z.string().nullable(),
  }),
});

/** How pages hang together. */
@Controller()
export class GraphController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectLinks)
  async listLinks(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectLinks>): Promise<RouteAnswer<typeof ListProjectLinks>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { pages, next } = await this.bus.ask(scope, ListLinks, { projectId: project.projectId, after: query.after ?? null, limit: query.limit });
    return { scope: scopeView(project), pages, next };
  }
}
