import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { BlamePage } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ReadBlame = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/blame/{*path}',
  summary: 'Who wrote each part of a page last, by which agent and in which session.',
  response: z.object({
    scope: ScopeView,
    path: z.string(),
    parts: z.array(z.object({
      first_line: z.int().describe('Of the body, from 1.'), lines: z.int(), commit: z.string(), committed_at: z.iso.datetime(), author: z.string(), agent: z.string().nullable(), session_id: z.string().nullable(),
    })),
  }),
});

@Controller()
export class BlamesController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadBlame)
  async readBlame(scope: TenantScope, { params }: RouteInput<typeof ReadBlame>): Promise<RouteAnswer<typeof ReadBlame>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { parts } = await this.bus.ask(scope, BlamePage, { projectId: project.projectId, path: params.path });
    const views = parts.map(({ firstLine, committedAt, sessionId, ...same }) => ({ ...same, first_line: firstLine, committed_at: committedAt, session_id: sessionId }));
    return { scope: scopeView(project), path: params.path, parts: views };
  }
}
