import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ReadHistory } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const RevisionView = z.object({
  commit: z.string(),
  committed_at: z.iso.datetime(),
  author: z.string(),
  agent: z.string().nullable(),
  session_id: z.string().nullable(),
  message: z.string(),
  change: z.enum(['added', 'modified', 'deleted']),
}).meta({ id: 'Revision' });

const ReadPageHistory = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/history/{*path}',
  summary: 'The commits that changed a page, newest first. `at` of the page reads it as of one of them.',
  query: { limit: wholeNumber(1, 200, 50) },
  response: z.object({ scope: ScopeView, path: z.string(), revisions: z.array(RevisionView) }),
});

@Controller()
export class HistoryController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Route(ReadPageHistory)
  async readPageHistory(scope: TenantScope, { params, query }: RouteInput<typeof ReadPageHistory>): Promise<RouteAnswer<typeof ReadPageHistory>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { revisions } = await this.bus.ask(scope, ReadHistory, { projectId: project.projectId, path: params.path, limit: query.limit });
    const views = revisions.map(({ committedAt, sessionId, ...same }) => ({ ...same, committed_at: committedAt, session_id: sessionId }));
    return { scope: scopeView(project), path: params.path, revisions: views };
  }
}
