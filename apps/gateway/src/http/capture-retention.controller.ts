import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ReadCaptureRetention, WriteCaptureRetention } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Days = z.int().min(1).max(3_650).nullable();
const body = z.strictObject({ retention_days: Days.describe('After a session\'s last event. Null: for ever, as far as this says.') });
const OfOrganisation = z.object({ retention_days: Days });
const OfProject = z.object({ scope: ScopeView, retention_days: Days, effective_days: Days.describe('The shorter of the project\'s and the organisation\'s.') });
const PATH = '/workspaces/{workspace}/projects/{project}/capture-retention';

const ReadOfOrganisation = route({ method: 'GET', path: '/capture-retention', summary: 'How long what was captured in sessions is kept, in all projects.', response: OfOrganisation });
const WriteOfOrganisation = route({
  method: 'PUT', path: '/capture-retention', summary: 'Sets how long what was captured is kept. What is older goes; pages that were made of it stay. For owners and admins.', body, response: OfOrganisation,
});
const ReadOfProject = route({ method: 'GET', path: PATH, summary: 'How long what was captured in the project\'s sessions is kept.', response: OfProject });
const WriteOfProject = route({ method: 'PUT', path: PATH, summary: 'Sets it for one project: the shorter of this and the organisation\'s holds. For its admins.', body, response: OfProject });

@Controller()
export class CaptureRetentionController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadOfOrganisation)
  async readCaptureRetention(scope: TenantScope): Promise<RouteAnswer<typeof ReadOfOrganisation>> {
    return { retention_days: (await this.bus.ask(scope, ReadCaptureRetention, {})).days };
  }

  @Requires('admin:settings')
  @Route(WriteOfOrganisation)
  async writeCaptureRetention(scope: TenantScope, { body: { retention_days: days } }: RouteInput<typeof WriteOfOrganisation>): Promise<RouteAnswer<typeof WriteOfOrganisation>> {
    return { retention_days: (await this.bus.ask(scope, WriteCaptureRetention, { days })).days };
  }

  @Requires('memory:read')
  @Route(ReadOfProject)
  async readProjectCaptureRetention(scope: TenantScope, { params }: RouteInput<typeof ReadOfProject>): Promise<RouteAnswer<typeof ReadOfProject>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { days, effectiveDays } = await this.bus.ask(scope, ReadCaptureRetention, { projectId: project.projectId });
    return { scope: scopeView(project), retention_days: days, effective_days: effectiveDays };
  }

  @Requires('admin:settings')
  @Route(WriteOfProject)
  async writeProjectCaptureRetention(scope: TenantScope, { params, body: { retention_days: wanted } }: RouteInput<typeof WriteOfProject>): Promise<RouteAnswer<typeof WriteOfProject>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { days, effectiveDays } = await this.bus.ask(scope, WriteCaptureRetention, { projectId: project.projectId, days: wanted });
    return { scope: scopeView(project), retention_days: days, effective_days: effectiveDays };
  }
}
