import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ReadPage, WritePages } from '#libs/contracts';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const PinPage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/pin/{*path}',
  summary: 'Pins a page, so that every briefing tells of it, or takes the pin out. Nothing else of it changes.',
  body: z.strictObject({ pinned: z.boolean() }),
  response: z.object({ scope: ScopeView, path: z.string(), page_id: z.uuid().nullable(), outcome: z.enum(['written', 'unchanged']), commit: z.string().nullable() }),
});

@Controller()
export class PinsController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('pages:write')
  @Route(PinPage)
  async pinPage(scope: TenantScope, { params, body: { pinned } }: RouteInput<typeof PinPage>): Promise<RouteAnswer<typeof PinPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { page } = await this.bus.ask(scope, ReadPage, { projectId: project.projectId, path: params.path });
    if (page.isPinned === pinned) return { scope: scopeView(project), path: page.path, page_id: page.pageId, outcome: 'unchanged', commit: null };
    const { name, email } = userOf(scope)!;
    // A write that came in between is an error to be told, not one to be undone.
    const write = { path: page.path, frontmatter: { ...page.frontmatter, pinned }, body: page.body, expectedPageId: page.pageId };
    const { commit, pages: [written] } = await this.bus.ask(scope, WritePages, {
      projectId: project.projectId, projectName: `${project.workspace}/${project.project}`, pages: [write], message: `${pinned ? 'Pin' : 'Unpin'} ${page.path}`, author: { name, email }, by: 'person',
    });
    return { scope: scopeView(project), path: page.path, page_id: written!.pageId, outcome: 'written', commit };
  }
}
