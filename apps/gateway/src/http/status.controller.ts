import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { CountCaptured, CountIndexed, CountPages, ListHandoffs } from '#libs/contracts';
import { PRODUCT_VERSION } from '#libs/runtime';
import { Role, type TenantScope, userOf } from '#libs/tenancy';
import { credentialOf } from '../auth/current-scope.js';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const HANDOFFS_COUNTED_MAX = 200;

const ReadStatus = route({
  method: 'GET',
  path: '/status',
  summary: 'Who the caller is, what this server is, and how much the organisation has.',
  response: z.object({
    version: z.string(),
    organisation: z.string(),
    user: z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), role: Role, operator: z.boolean() }),
    counts: z.object({ workspaces: z.int(), projects: z.int() }),
  }),
});

const ReadProjectStatus = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/status',
  summary: 'How much a project holds, and how far it is indexed.',
  response: z.object({
    scope: ScopeView,
    sessions: z.object({ total: z.int(), open: z.int() }),
    observations: z.object({ total: z.int(), last_7_days: z.int(), last_30_days: z.int(), last_at: z.iso.datetime().nullable() }),
    pages: z.object({ total: z.int(), by_kind: z.record(z.string(), z.int()), head: z.string().nullable(), last_written_at: z.iso.datetime().nullable() }),
    index: z.object({ pages: z.int(), observations: z.int(), revision: z.int() }),
    open_handoffs: z.int().describe(`That the caller may claim; counted up to ${HANDOFFS_COUNTED_MAX}.`),
  }),
});

@Controller()
export class StatusController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('self')
  @Route(ReadStatus)
  async readStatus(scope: TenantScope, _input: RouteInput<typeof ReadStatus>, response: Response): Promise<RouteAnswer<typeof ReadStatus>> {
    const workspaces = await this.projects.listWorkspaces(scope);
    // A credential is always a user's.
    const { userId, name, email, role, isOperator } = userOf(scope)!;
    return {
      version: PRODUCT_VERSION,
      organisation: credentialOf(response.req).organisation,
      user: { user_id: userId, name, email, role, operator: isOperator },
      counts: { workspaces: workspaces.length, projects: workspaces.reduce((sum, each) => sum + each.projects, 0) },
    };
  }

  @Requires('memory:read')
  @Route(ReadProjectStatus)
  async readProjectStatus(scope: TenantScope, { params }: RouteInput<typeof ReadProjectStatus>): Promise<RouteAnswer<typeof ReadProjectStatus>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { projectId } = project;
    const [captured, pages, index, { handoffs }] = await Promise.all([
      this.bus.ask(scope, CountCaptured, { projectId }),
      this.bus.ask(scope, CountPages, { projectId }),
      this.bus.ask(scope, CountIndexed, { projectId }),
      this.bus.ask(scope, ListHandoffs, { projectId, limit: HANDOFFS_COUNTED_MAX }),
    ]);
    return {
      scope: scopeView(project),
      sessions: { total: captured.sessions, open: captured.openSessions },
      observations: {
        total: captured.observations, last_7_days: captured.observationsLast7Days, last_30_days: captured.observationsLast30Days, last_at: captured.lastObservationAt,
      },
      pages: { total: pages.pages, by_kind: pages.byKind, head: pages.head, last_written_at: pages.lastWrittenAt },
      index,
      open_handoffs: handoffs.length,
    };
  }
}
