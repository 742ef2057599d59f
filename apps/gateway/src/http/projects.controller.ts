import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AccessLevel, levelIn, type TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ProjectView, projectView, ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

/** More than others are asked about at a time: a list of names is cheap. */
const PROJECTS_LISTED_MAX = 2_000;
const ProjectAnswer = z.object({ scope: ScopeView, project: ProjectView, access: AccessLevel.describe('What the caller may do in it.') });

const ListProjects = route({
  method: 'GET',
  path: '/projects',
  summary: 'The projects of the organisation or of one workspace, by name; at most 2,000.',
  query: { workspace: z.string().min(1).max(256).optional() },
  response: z.object({ projects: z.array(ProjectView) }),
});

const ReadProject = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}',
  summary: 'One project.',
  response: ProjectAnswer,
});

const EnsureProject = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}',
  summary: 'Makes the project, and its workspace, unless they exist.',
  response: ProjectAnswer,
});

@Controller()
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Requires('memory:read')
  @Route(ListProjects)
  async listProjects(scope: TenantScope, { query }: RouteInput<typeof ListProjects>): Promise<RouteAnswer<typeof ListProjects>> {
    return { projects: (await this.projects.listProjects(scope, query.workspace, PROJECTS_LISTED_MAX)).map(projectView) };
  }

  @Requires('memory:read')
  @Route(ReadProject)
  async readProject(scope: TenantScope, { params }: RouteInput<typeof ReadProject>): Promise<RouteAnswer<typeof ReadProject>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    return { scope: scopeView(project), project: projectView(project), access: levelIn(scope, project.projectId) };
  }

  @Requires('pages:write', { isMaking: true })
  @Route(EnsureProject)
  async ensureProject(scope: TenantScope, { params }: RouteInput<typeof EnsureProject>): Promise<RouteAnswer<typeof EnsureProject>> {
    const project = await this.projects.ensureProject(scope, params.workspace, params.project);
    return { scope: scopeView(project), project: projectView(project), access: levelIn(scope, project.projectId) };
  }
}
