import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { BeginAllReindexes, BeginReindexes, CountAllReindexes, ListReindexes, type OutputOf, type Reindex, ReindexPhase } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

/** Of one question to search. */
const PROJECTS_MAX = 500;
const SHOWN_MAX = 500;

const ReindexView = z.object({
  reindex_id: z.uuid(),
  scope: ScopeView,
  phase: ReindexPhase.describe('`waiting`, then `pages`, `observations`, `switching`; at the end `done` or `failed`.'),
  requested_by: z.string().nullable().describe('Null where the system itself did, after an update.'),
  requested_at: z.iso.datetime(),
  documents_read: z.int().describe('Pages and observations.'),
  documents_total: z.int().nullable().describe('That there were when it began; null before.'),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  failure: z.string().nullable().describe('Why it failed, or why it is tried again.'),
}).meta({ id: 'Reindex' });
const BegunView = ReindexView.extend({ is_new: z.boolean().describe('False for one that was under way already: there is never more than one of a project.') });

const PROJECT = '/workspaces/{workspace}/projects/{project}/reindexes';

const Begin = route({
  method: 'POST', path: PROJECT, status: 202,
  summary: 'Builds the search index of a project anew, from wiki and capture; the one that there is answers until it is whole. For owners and admins.',
  response: z.object({ reindexes: z.array(BegunView) }),
});
const List = route({ method: 'GET', path: PROJECT, summary: 'How far that is, and what was before: those that are not finished first, then the last requested. For owners and admins.', response: z.object({ reindexes: z.array(ReindexView) }) });
const BeginOrganisation = route({
  method: 'POST', path: '/reindexes', status: 202,
  summary: 'Builds the search indexes of all projects of the organisation anew, one after the other. For owners and admins.',
  response: z.object({ reindexes: z.array(BegunView) }),
});
const ListOrganisation = route({ method: 'GET', path: '/reindexes', summary: 'The same of all projects, at most 500. For owners and admins.', response: z.object({ reindexes: z.array(ReindexView) }) });
const BeginInstallation = route({
  method: 'POST', path: '/installation/reindexes', status: 202,
  summary: 'Builds the search indexes of all organisations anew. For the operator of the installation.',
  response: z.object({ begun: z.int(), under_way: z.int().describe('Before already.') }),
});
const CountInstallation = route({
  method: 'GET', path: '/installation/reindexes',
  summary: 'What of that is not finished. For the operator of the installation.',
  response: z.object({ organisations: z.int(), waiting: z.int(), running: z.int(), documents_read: z.int().describe('Of those that are running.'), documents_total: z.int() }),
});

/** Building search indexes anew. */
@Controller()
export class ReindexesController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('admin:data')
  @Route(Begin)
  async beginReindex(scope: TenantScope, { params }: RouteInput<typeof Begin>): Promise<RouteAnswer<typeof Begin>> {
    return this.begin(scope, [await this.projects.findProject(scope, params.workspace, params.project)]);
  }

  @Requires('admin:data')
  @Route(List)
  async listReindexes(scope: TenantScope, { params }: RouteInput<typeof List>): Promise<RouteAnswer<typeof List>> {
    return this.list(scope, [await this.projects.findProject(scope, params.workspace, params.project)]);
  }

  @Requires('admin:data')
  @Route(BeginOrganisation)
  async beginReindexes(scope: TenantScope): Promise<RouteAnswer<typeof BeginOrganisation>> {
    return this.begin(scope, await this.projects.listProjects(scope));
  }

  @Requires('admin:data')
  @Route(ListOrganisation)
  async listAllReindexes(scope: TenantScope): Promise<RouteAnswer<typeof ListOrganisation>> {
    return this.list(scope, await this.projects.listProjects(scope));
  }

  @Requires('operator')
  @Route(BeginInstallation)
  async beginInstallationReindexes(scope: TenantScope): Promise<RouteAnswer<typeof BeginInstallation>> {
    const { begun, underWay } = await this.bus.ask(scope, BeginAllReindexes, {});
    return { begun, under_way: underWay };
  }

  @Requires('operator')
  @Route(CountInstallation)
  async countInstallationReindexes(scope: TenantScope): Promise<RouteAnswer<typeof CountInstallation>> {
    const { documentsRead, documentsTotal, ...counted } = await this.bus.ask(scope, CountAllReindexes, {});
    return { ...counted, documents_read: documentsRead, documents_total: documentsTotal };
  }

  private async begin(scope: TenantScope, projects: readonly ProjectRef[]): Promise<RouteAnswer<typeof Begin>> {
    const begun: OutputOf<typeof BeginReindexes>['reindexes'] = [];
    for (const projectIds of portions(projects)) begun.push(...(await this.bus.ask(scope, BeginReindexes, { projectIds })).reindexes);
    return { reindexes: begun.map((each) => ({ ...reindexView(projects, each), is_new: each.isNew })) };
  }

  private async list(scope: TenantScope, projects: readonly ProjectRef[]): Promise<RouteAnswer<typeof List>> {
    const listed: Reindex[] = [];
    for (const projectIds of portions(projects)) listed.push(...(await this.bus.ask(scope, ListReindexes, { projectIds, limit: SHOWN_MAX })).reindexes);
    const newest = listed.sort((a, b) => Number(b.finishedAt === null) - Number(a.finishedAt === null) || Date.parse(b.requestedAt) - Date.parse(a.requestedAt)).slice(0, SHOWN_MAX);
    return { reindexes: newest.map((each) => reindexView(projects, each)) };
  }
}

function portions(projects: readonly ProjectRef[]): string[][] {
  const ids = projects.map(({ projectId }) => projectId);
  return Array.from({ length: Math.ceil(ids.length / PROJECTS_MAX) }, (_, index) => ids.slice(index * PROJECTS_MAX, (index + 1) * PROJECTS_MAX));
}

function reindexView(projects: readonly ProjectRef[], reindex: Reindex): z.output<typeof ReindexView> {
  return {
    reindex_id: reindex.reindexId, scope: scopeView(projects.find(({ projectId }) => projectId === reindex.projectId)!), phase: reindex.phase, requested_by: reindex.requestedBy, requested_at: reindex.requestedAt,
    documents_read: reindex.documentsRead, documents_total: reindex.documentsTotal, started_at: reindex.startedAt, finished_at: reindex.finishedAt, failure: reindex.failure,
  };
}
