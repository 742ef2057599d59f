import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { FinalizeSession, ListSessions, ObservationKind, ReadObservations, ReadSession, type Session } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { listOf, wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { ObservationView, observationView, SessionView, sessionView } from './session-view.js';

const SessionAnswer = z.object({ scope: ScopeView, session: SessionView });

const ListProjectSessions = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/sessions',
  summary: 'The sessions of a project, newest first.',
  query: { state: z.enum(['open', 'ended', 'all']).default('all'), limit: wholeNumber(1, 100, 50), offset: wholeNumber(0, 100_000, 0) },
  response: z.object({ scope: ScopeView, sessions: z.array(SessionView), total: z.int() }),
});

const ReadOneSession = route({ method: 'GET', path: '/sessions/{session}', summary: 'One session.', response: SessionAnswer });

const ReadSessionObservations = route({
  method: 'GET',
  path: '/sessions/{session}/observations',
  summary: 'What was captured in a session, in order of time.',
  query: {
    limit: wholeNumber(1, 200, 50),
    offset: wholeNumber(0, 1_000_000, 0),
    order: z.enum(['asc', 'desc']).default('asc'),
    kinds: listOf(ObservationKind),
    q: z.string().min(1).max(512).optional().describe('Keeps observations that contain this text, ignoring case.'),
    body_max_chars: wholeNumber(200, 16_384, 4_000).describe('Longer bodies are cut.'),
  },
  response: z.object({ scope: ScopeView, session: SessionView, observations: z.array(ObservationView), total: z.int() }),
});

const FinalizeOneSession = route({
  method: 'POST',
  path: '/sessions/{session}/finalize',
  summary: 'Ends a session, as its end event would. No effect where nothing came since its end.',
  response: SessionAnswer,
});

@Controller()
export class SessionsController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectSessions)
  async listSessions(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectSessions>): Promise<RouteAnswer<typeof ListProjectSessions>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { sessions, total } = await this.bus.ask(scope, ListSessions, { projectId: project.projectId, ...query });
    return { scope: scopeView(project), sessions: sessions.map(sessionView), total };
  }

  @Requires('memory:read')
  @Route(ReadOneSession)
  async readSession(scope: TenantScope, { params }: RouteInput<typeof ReadOneSession>): Promise<RouteAnswer<typeof ReadOneSession>> {
    const { session } = await this.bus.ask(scope, ReadSession, { sessionId: params.session });
    return this.inScope(scope, session);
  }

  @Requires('memory:read')
  @Route(ReadSessionObservations)
  async readObservations(scope: TenantScope, { params, query }: RouteInput<typeof ReadSessionObservations>): Promise<RouteAnswer<typeof ReadSessionObservations>> {
    const { q, body_max_chars: bodyCharsMax, ...rest } = query;
    const found = await this.bus.ask(scope, ReadObservations, { sessionId: params.session, query: q, bodyCharsMax, ...rest });
    return { ...(await this.inScope(scope, found.session)), observations: found.observations.map(observationView), total: found.total };
  }

  @Requires('memory:write')
  @Route(FinalizeOneSession)
  async finalizeSession(scope: TenantScope, { params }: RouteInput<typeof FinalizeOneSession>): Promise<RouteAnswer<typeof FinalizeOneSession>> {
    const { session } = await this.bus.ask(scope, FinalizeSession, { sessionId: params.session });
    return this.inScope(scope, session);
  }

  private async inScope(scope: TenantScope, session: Session): Promise<z.output<typeof SessionAnswer>> {
    return { scope: scopeView(await this.projects.findProjectById(scope, session.projectId)), session: sessionView(session) };
  }
}
