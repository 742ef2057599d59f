import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { BeginPurge, CountDocuments, CountLeft, type InputOf, ListPurges, ReadSession } from '#libs/contracts';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { HoldsService } from '../erasures/holds.service.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { flag } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const query = { dry_run: flag().describe('Only tells what would go.') };

const Purge = z.object({
  scope: ScopeView,
  purge_id: z.uuid().nullable().describe('Null for a dry run. `GET /purges` tells when it is done.'),
  pages: z.array(z.object({ path: z.string(), outcome: z.enum(['removed', 'rewritten']) })).describe('Those that others wrote on too are rewritten: as they would be without the session.'),
  versions: z.int().describe('Texts that git holds of them.'),
  observations: z.int(),
  documents: z.int().describe('What search holds.'),
  handoffs: z.int(),
  jobs: z.int(),
  feedback: z.int(),
  also_in: z.array(z.string()).describe('Pages that hold one of these texts too, byte for byte, and stay.'),
});

const PurgePage = route({
  method: 'DELETE',
  path: '/workspaces/{workspace}/projects/{project}/history/{*path}',
  summary: 'Purges a page: it and all of its history are gone for good. The project\'s commits get other ids, and clones must be taken anew. For owners and admins.',
  query,
  response: Purge,
});

const PurgeSession = route({
  method: 'DELETE',
  path: '/sessions/{session}',
  summary: 'Purges a session: all that was captured in it, made of it and written in its name is gone for good, and nothing more of it is taken. For owners and admins.',
  query,
  response: Purge,
});

const ListAllPurges = route({
  method: 'GET',
  path: '/purges',
  summary: 'The purges of the organisation, last begun first, at most 100. For owners and admins.',
  response: z.object({
    purges: z.array(z.object({
      purge_id: z.uuid(), project: z.string(), session_id: z.uuid().nullable().describe('Null where it was a page.'), by: z.string(), begun_at: z.iso.datetime(),
      done: z.boolean(), waiting_for: z.array(z.string()).describe('Services that may still hold something of it.'),
    })),
  }),
});

/** Making things gone for good. */
@Controller()
export class PurgesController {
  constructor(private readonly projects: ProjectsService, private readonly holds: HoldsService, private readonly bus: Bus) {}

  @Requires('admin:data')
  @Route(PurgePage)
  async purgePage(scope: TenantScope, { params, query: { dry_run: isDryRun } }: RouteInput<typeof PurgePage>): Promise<RouteAnswer<typeof PurgePage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    return this.begin(scope, project, { path: params.path }, isDryRun, 0);
  }

  @Requires('admin:data')
  @Route(PurgeSession)
  async purgeSession(scope: TenantScope, { params, query: { dry_run: isDryRun } }: RouteInput<typeof PurgeSession>): Promise<RouteAnswer<typeof PurgeSession>> {
    const { session } = await this.bus.ask(scope, ReadSession, { sessionId: params.session });
    const project = await this.projects.findProjectById(scope, session.projectId);
    return this.begin(scope, project, { sessionId: params.session }, isDryRun, session.generation);
  }

  @Requires('admin:data')
  @Route(ListAllPurges)
  async listPurges(scope: TenantScope): Promise<RouteAnswer<typeof ListAllPurges>> {
    const { purges } = await this.bus.ask(scope, ListPurges, {});
    return { purges: purges.map(({ purgeId, projectName, sessionId, by, begunAt, waitingFor }) => ({
      purge_id: purgeId, project: projectName, session_id: sessionId, by, begun_at: begunAt, done: waitingFor.length === 0, waiting_for: waitingFor,
    })) };
  }

  /** What others hold is counted before anything goes. */
  private async begin(scope: TenantScope, project: ProjectRef, target: InputOf<typeof BeginPurge>['target'], isDryRun: boolean, observations: number): Promise<z.output<typeof Purge>> {
    if (!isDryRun) await this.holds.refuse(scope, project.projectId);
    const ask = { projectId: project.projectId, projectName: `${project.workspace}/${project.project}`, target, by: userOf(scope)!.name };
    const { pages } = await this.bus.ask(scope, BeginPurge, { ...ask, isDryRun: true });
    const of = { projectId: project.projectId, paths: pages.map(({ path }) => path), sessionId: 'sessionId' in target ? target.sessionId : null };
    const [left, { documents }] = await Promise.all([this.bus.ask(scope, CountLeft, of), this.bus.ask(scope, CountDocuments, of)]);
    const begun = await this.bus.ask(scope, BeginPurge, { ...ask, isDryRun });
    return { scope: scopeView(project), purge_id: begun.purgeId, pages: begun.pages, versions: begun.versions, observations, documents, ...left, also_in: begun.elsewhere };
  }
}
