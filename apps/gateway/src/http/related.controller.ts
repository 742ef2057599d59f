import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ListRelated, RelationKind } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { PageHeadView, pageHeadView } from './page-view.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListRelatedPages = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/related/{*path}',
  summary: 'Pages around a page, the nearest first: over links, backlinks, tags and entities that few pages share, and the session they come from.',
  query: { depth: wholeNumber(1, 3, 1), limit: wholeNumber(1, 50, 20) },
  response: z.object({
    scope: ScopeView,
    path: z.string(),
    related: z.array(z.object({
      page: PageHeadView,
      depth: z.int().describe('Steps from the page that was asked about.'),
      relation: RelationKind,
      from: z.string().describe('The page before it on the way.'),
      by: z.string().nullable().describe('The tag or entity that both name.'),
    })),
  }),
});

/** What lies around a page. */
@Controller()
export class RelatedController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListRelatedPages)
  async listRelated(scope: TenantScope, { params, query }: RouteInput<typeof ListRelatedPages>): Promise<RouteAnswer<typeof ListRelatedPages>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { related } = await this.bus.ask(scope, ListRelated, { projectId: project.projectId, path: params.path, ...query });
    return { scope: scopeView(project), path: params.path, related: related.map(({ page, ...way }) => ({ page: pageHeadView(page), ...way })) };
  }
}
