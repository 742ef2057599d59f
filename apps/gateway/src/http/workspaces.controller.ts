import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { WorkspaceView, workspaceView } from './project-view.js';
import { Route, route, type RouteAnswer } from './route.js';

const ListWorkspaces = route({
  method: 'GET',
  path: '/workspaces',
  summary: 'The workspaces of the organisation, by name.',
  response: z.object({ workspaces: z.array(WorkspaceView) }),
});

@Controller()
export class WorkspacesController {
  constructor(private readonly projects: ProjectsService) {}

  @Requires('memory:read')
  @Route(ListWorkspaces)
  async listWorkspaces(scope: TenantScope): Promise<RouteAnswer<typeof ListWorkspaces>> {
    return { workspaces: (await this.projects.listWorkspaces(scope)).map(workspaceView) };
  }
}
