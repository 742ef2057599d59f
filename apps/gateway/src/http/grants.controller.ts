import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AccessLevel, type TenantScope } from '#libs/tenancy';
import type { GrantPlace, GrantRow } from '../access/grants.repository.js';
import { GrantsService } from '../access/grants.service.js';
import { Requires } from '../auth/requires.js';
import { ProjectSettingsService } from '../projects/project-settings.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Level = AccessLevel.exclude(['none']);

const GrantView = z.object({
  grant_id: z.uuid(), user: z.string().nullable(), group: z.string().nullable(), level: Level, created_at: z.iso.datetime(),
}).meta({ id: 'Grant' });

const NewGrant = z.strictObject({
  user: z.string().max(200).optional().describe('Name of the user, or of the service account.'),
  group: z.string().max(200).optional().describe('Name of the group.'),
  level: Level,
}).refine(({ user, group }) => (user === undefined) !== (group === undefined), 'pass exactly one of user and group');

const GrantList = z.object({ grants: z.array(GrantView) });
const GrantAnswer = z.object({ grant: GrantView });
const OF_PROJECT = '/workspaces/{workspace}/projects/{project}/grants';
const OF_WORKSPACE = '/workspaces/{workspace}/grants';

const ListProjectGrants = route({ method: 'GET', path: OF_PROJECT, summary: 'What is granted in a project itself, at most 1,000. For its admins.', response: GrantList });
const PutProjectGrant = route({
  method: 'PUT', path: OF_PROJECT, summary: 'Lets a user or group read, write or administer a project, in place of what they were granted in it. For its admins.', body: NewGrant, response: GrantAnswer,
});
const RemoveProjectGrant = route({ method: 'DELETE', path: `${OF_PROJECT}/{grant}`, summary: 'Takes a grant back, from the next request on. For admins of the project.', response: GrantAnswer });
const ListWorkspaceGrants = route({ method: 'GET', path: OF_WORKSPACE, summary: 'What is granted in all projects of a workspace, at most 1,000. For owners and admins.', response: GrantList });
const PutWorkspaceGrant = route({
  method: 'PUT', path: OF_WORKSPACE, summary: 'Lets a user or group read, write or administer all projects of a workspace, also later ones. For owners and admins.', body: NewGrant, response: GrantAnswer,
});
const RemoveWorkspaceGrant = route({ method: 'DELETE', path: `${OF_WORKSPACE}/{grant}`, summary: 'Takes a grant back, from the next request on. For owners and admins.', response: GrantAnswer });

/** What users and groups may do beyond their role. */
@Controller()
export class GrantsController {
  constructor(private readonly projects: ProjectsService, private readonly settings: ProjectSettingsService, private readonly grants: GrantsService) {}

  @Requires('admin:people')
  @Route(ListProjectGrants)
  async listProjectGrants(scope: TenantScope, { params }: RouteInput<typeof ListProjectGrants>): Promise<RouteAnswer<typeof ListProjectGrants>> {
    return { grants: (await this.grants.list(scope, await this.project(scope, params))).map(grantView) };
  }

  @Requires('admin:people')
  @Route(PutProjectGrant)
  async putProjectGrant(scope: TenantScope, { params, body }: RouteInput<typeof PutProjectGrant>): Promise<RouteAnswer<typeof PutProjectGrant>> {
    return { grant: grantView(await this.grants.put(scope, await this.project(scope, params), body, body.level)) };
  }

  @Requires('admin:people')
  @Route(RemoveProjectGrant)
  async removeProjectGrant(scope: TenantScope, { params }: RouteInput<typeof RemoveProjectGrant>): Promise<RouteAnswer<typeof RemoveProjectGrant>> {
    return { grant: grantView(await this.grants.remove(scope, await this.project(scope, params), params.grant)) };
  }

  @Requires('admin:people')
  @Route(ListWorkspaceGrants)
  async listWorkspaceGrants(scope: TenantScope, { params }: RouteInput<typeof ListWorkspaceGrants>): Promise<RouteAnswer<typeof ListWorkspaceGrants>> {
    return { grants: (await this.grants.list(scope, await this.workspace(scope, params.workspace))).map(grantView) };
  }

  @Requires('admin:people')
  @Route(PutWorkspaceGrant)
  async putWorkspaceGrant(scope: TenantScope, { params, body }: RouteInput<typeof PutWorkspaceGrant>): Promise<RouteAnswer<typeof PutWorkspaceGrant>> {
    return { grant: grantView(await this.grants.put(scope, await this.workspace(scope, params.workspace), body, body.level)) };
  }

  @Requires('admin:people')
  @Route(RemoveWorkspaceGrant)
  async removeWorkspaceGrant(scope: TenantScope, { params }: RouteInput<typeof RemoveWorkspaceGrant>): Promise<RouteAnswer<typeof RemoveWorkspaceGrant>> {
    return { grant: grantView(await this.grants.remove(scope, await this.workspace(scope, params.workspace), params.grant)) };
  }

  private async project(scope: TenantScope, { workspace, project }: { workspace: string; project: string }): Promise<GrantPlace> {
    return { workspaceId: null, projectId: (await this.projects.findProject(scope, workspace, project)).projectId };
  }

  private async workspace(scope: TenantScope, workspace: string): Promise<GrantPlace> {
    return { workspaceId: (await this.settings.findWorkspace(scope, workspace)).workspaceId, projectId: null };
  }
}

function grantView({ grant_id: grantId, user_name: user, group_name: group, level, created_at: createdAt }: GrantRow): z.output<typeof GrantView> {
  return { grant_id: grantId, user, group, level, created_at: createdAt.toISOString() };
}
