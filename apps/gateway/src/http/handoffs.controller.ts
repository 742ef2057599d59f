import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { BeginHandoff, CancelHandoff, HandoffState, ListHandoffs } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { HandoffView, handoffView } from './handoff-view.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const { summary, openQuestions, nextSteps, filesTouched, cwd } = BeginHandoff.input.shape;
const HandoffAnswer = z.object({ scope: ScopeView, handoff: HandoffView });

const ListProjectHandoffs = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/handoffs',
  summary: "The caller's handoffs and shared ones, newest first. Claims none of them.",
  query: { state: HandoffState.default('open'), limit: wholeNumber(1, 200, 50), cursor: z.uuid().optional().describe('`next_cursor` of the answer before.') },
  response: z.object({ scope: ScopeView, handoffs: z.array(HandoffView), next_cursor: z.string().nullable() }),
});

const BeginProjectHandoff = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/handoffs',
  summary: 'Leaves a handoff for the next session. Secrets are redacted first.',
  body: z.strictObject({
    summary, open_questions: openQuestions, next_steps: nextSteps, files_touched: filesTouched, cwd,
    agent: z.string().min(1).max(64).default('unknown'),
    shared: z.boolean().default(false).describe('For anybody in the organisation, not only for the caller.'),
  }),
  response: HandoffAnswer,
  status: 201,
});

const CancelProjectHandoff = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/handoffs/{handoff}/cancel',
  summary: 'Withdraws an open handoff.',
  response: HandoffAnswer,
});

@Controller()
export class HandoffsController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectHandoffs)
  async listHandoffs(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectHandoffs>): Promise<RouteAnswer<typeof ListProjectHandoffs>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { handoffs, nextCursor } = await this.bus.ask(scope, ListHandoffs, { projectId: project.projectId, ...query });
    return { scope: scopeView(project), handoffs: handoffs.map(handoffView), next_cursor: nextCursor };
  }

  @Requires('memory:write')
  @Route(BeginProjectHandoff)
  async beginHandoff(scope: TenantScope, { params, body }: RouteInput<typeof BeginProjectHandoff>): Promise<RouteAnswer<typeof BeginProjectHandoff>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { open_questions: questions, next_steps: steps, files_touched: files, shared: isShared, ...rest } = fitToStore(body).value;
    const { handoff } = await this.bus.ask(scope, BeginHandoff, {
      projectId: project.projectId, openQuestions: questions, nextSteps: steps, filesTouched: files, isShared, ...rest,
    });
    return { scope: scopeView(project), handoff: handoffView(handoff) };
  }

  @Requires('memory:write')
  @Route(CancelProjectHandoff)
  async cancelHandoff(scope: TenantScope, { params }: RouteInput<typeof CancelProjectHandoff>): Promise<RouteAnswer<typeof CancelProjectHandoff>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { handoff } = await this.bus.ask(scope, CancelHandoff, { projectId: project.projectId, handoffId: params.handoff });
    return { scope: scopeView(project), handoff: handoffView(handoff) };
  }
}
