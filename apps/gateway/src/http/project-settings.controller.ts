import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectSettingsService } from '../projects/project-settings.service.js';
import { Visibility } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ProjectView, projectView, ScopeView, scopeView, WorkspaceView, workspaceView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ProjectAnswer = z.object({ scope: ScopeView, project: ProjectView });
const NewName = z.string().max(100);

const SetProjectVisibility = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}/visibility',
  summary: 'Opens a project to the organisation, or restricts it to those to whom it is granted. For its admins.',
  body: z.strictObject({ visibility: z.union([Visibility, z.literal('default')]).describe('`default`: as the organisation has it.') }),
  response: ProjectAnswer,
});

const MoveProject = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/move',
  summary: 'Gives a project another name, for its admins, or another workspace, for the organisation\'s. What it holds stays.',
  body: z.strictObject({ workspace: NewName.optional(), project: NewName.optional() }),
  response: ProjectAnswer,
});

const RenameWorkspace = route({
  method: 'POST',
  path: '/workspaces/{workspace}/rename',
  summary: 'Gives a workspace another name. For owners and admins.',
  body: z.strictObject({ workspace: NewName }),
  response: z.object({ workspace: WorkspaceView }),
});

const OrganisationAnswer = z.object({ project_visibility: Visibility.describe('Of projects that don\'t say it themselves.') });
const ReadOrganisation = route({ method: 'GET', path: '/organisation', summary: 'How the organisation has its projects.', response: OrganisationAnswer });
const WriteOrganisation = route({
  method: 'PUT', path: '/organisation', summary: 'Sets how the organisation has its projects, those that don\'t say it themselves. For owners and admins.', body: OrganisationAnswer, response: OrganisationAnswer,
});

/** Names and visibility of projects. */
@Controller()
export class ProjectSettingsController {
  constructor(private readonly projects: ProjectsService, private readonly settings: ProjectSettingsService) {}

  @Requires('admin:settings')
  @Route(SetProjectVisibility)
  async setProjectVisibility(scope: TenantScope, { params, body: { visibility } }: RouteInput<typeof SetProjectVisibility>): Promise<RouteAnswer<typeof SetProjectVisibility>> {
    const found = await this.projects.findProject(scope, params.workspace, params.project);
    const project = await this.settings.setVisibility(scope, found, visibility === 'default' ? null : visibility);
    return { scope: scopeView(project), project: projectView(project) };
  }

  @Requires('admin:settings')
  @Route(MoveProject)
  async moveProject(scope: TenantScope, { params, body }: RouteInput<typeof MoveProject>): Promise<RouteAnswer<typeof MoveProject>> {
    const project = await this.settings.move(scope, await this.projects.findProject(scope, params.workspace, params.project), body);
    return { scope: scopeView(project), project: projectView(project) };
  }

  @Requires('admin:settings')
  @Route(RenameWorkspace)
  async renameWorkspace(scope: TenantScope, { params, body }: RouteInput<typeof RenameWorkspace>): Promise<RouteAnswer<typeof RenameWorkspace>> {
    return { workspace: workspaceView(await this.settings.renameWorkspace(scope, params.workspace, body.workspace)) };
  }

  @Requires('self')
  @Route(ReadOrganisation)
  async readOrganisation(scope: TenantScope): Promise<RouteAnswer<typeof ReadOrganisation>> {
    return { project_visibility: await this.settings.readPreset(scope) };
  }

  @Requires('admin:settings')
  @Route(WriteOrganisation)
  async writeOrganisation(scope: TenantScope, { body }: RouteInput<typeof WriteOrganisation>): Promise<RouteAnswer<typeof WriteOrganisation>> {
    return { project_visibility: await this.settings.setPreset(scope, body.project_visibility) };
  }
}
