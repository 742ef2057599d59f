import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ListArchived, ReadRetention, WriteRetention } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Settings = { enabled: z.boolean(), half_life_days: z.int().min(7).max(3_650) };

const ReadProjectRetention = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/retention',
  summary: 'How fast pages that nobody reads fade, and which of them the next sweep would archive (at most 100).',
  response: z.object({
    scope: ScopeView, ...Settings, age_days_min: z.number().describe('No younger page is archived.'), faded: z.array(z.object({ path: z.string(), strength: z.number() })),
  }),
});

const WriteProjectRetention = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}/retention',
  summary: 'Sets how fast pages fade, or that none does. What is left out stays. For owners and admins.',
  body: z.strictObject(Settings).partial(),
  response: z.object({ scope: ScopeView, ...Settings }),
});

const ListArchivedPages = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/archived',
  summary: 'Pages that were archived, the last first, at most 200. `restore` without a commit brings one back.',
  response: z.object({ scope: ScopeView, pages: z.array(z.object({ path: z.string(), archived_at: z.iso.datetime() })) }),
});

@Controller()
export class RetentionController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadProjectRetention)
  async readRetention(scope: TenantScope, { params }: RouteInput<typeof ReadProjectRetention>): Promise<RouteAnswer<typeof ReadProjectRetention>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { settings, ageDaysMin, faded } = await this.bus.ask(scope, ReadRetention, { projectId: project.projectId });
    return { scope: scopeView(project), enabled: settings.isOn, half_life_days: settings.halfLifeDays, age_days_min: ageDaysMin, faded };
  }

  @Requires('admin:settings')
  @Route(WriteProjectRetention)
  async writeRetention(scope: TenantScope, { params, body }: RouteInput<typeof WriteProjectRetention>): Promise<RouteAnswer<typeof WriteProjectRetention>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { settings } = await this.bus.ask(scope, WriteRetention, { projectId: project.projectId, isOn: body.enabled, halfLifeDays: body.half_life_days });
    return { scope: scopeView(project), enabled: settings.isOn, half_life_days: settings.halfLifeDays };
  }

  @Requires('memory:read')
  @Route(ListArchivedPages)
  async listArchived(scope: TenantScope, { params }: RouteInput<typeof ListArchivedPages>): Promise<RouteAnswer<typeof ListArchivedPages>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { pages } = await this.bus.ask(scope, ListArchived, { projectId: project.projectId });
    return { scope: scopeView(project), pages: pages.map(({ path, archivedAt }) => ({ path, archived_at: archivedAt })) };
  }
}
