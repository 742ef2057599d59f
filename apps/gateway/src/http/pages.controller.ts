import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ListPages, PageKind, ReadPage } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { PageHeadView, pageHeadView, PageView, pageView } from './page-view.js';
import { etagOf, holdsVersion, IfChanged } from './page-version.js';
import { ScopeView, scopeView } from './project-view.js';
import { flag, listOf, wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const PageList = z.object({ scope: ScopeView, pages: z.array(PageHeadView), next_cursor: z.string().nullable() });
const cursor = z.string().min(1).max(2_048).optional().describe('`next_cursor` of the answer before.');

const include_superseded = flag().describe('Also pages in whose place others stand.');

const ListProjectPages = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/pages',
  summary: 'The pages of a project.',
  query: { prefix: z.string().max(512).optional(), kind: listOf(PageKind), order: z.enum(['path', 'recent']).default('path'), limit: wholeNumber(1, 100, 50), include_superseded, cursor },
  response: PageList,
});

const ListRecentPages = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/recent',
  summary: 'The pages of a project, last changed first.',
  query: { limit: wholeNumber(1, 100, 10), include_superseded, cursor },
  response: PageList,
});

const ReadProjectPage = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/pages/{*path}',
  summary: 'One page, with its body, links and backlinks.',
  query: {
    at: z.string().regex(/^[0-9a-f]{40}$/, 'must be a commit of 40 hex digits').optional().describe('The page as it was in this commit.'),
    as_of: z.iso.datetime({ offset: true }).optional().describe('The page as it was at this time.'),
  },
  headers: { 'if-none-match': IfChanged },
  response: z.object({ scope: ScopeView, page: PageView }),
  also: { 304: 'The caller has the current version.' },
});

/** Reading pages. */
@Controller()
export class PagesController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectPages)
  async listPages(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectPages>): Promise<RouteAnswer<typeof ListProjectPages>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { kind: kinds, include_superseded: hasSuperseded, ...rest } = query;
    const { pages, nextCursor } = await this.bus.ask(scope, ListPages, { projectIds: [project.projectId], kinds, isCurrent: !hasSuperseded, ...rest });
    return { scope: scopeView(project), pages: pages.map(pageHeadView), next_cursor: nextCursor };
  }

  @Requires('memory:read')
  @Route(ListRecentPages)
  async listRecentPages(scope: TenantScope, { params, query }: RouteInput<typeof ListRecentPages>): Promise<RouteAnswer<typeof ListRecentPages>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { include_superseded: hasSuperseded, ...rest } = query;
    const { pages, nextCursor } = await this.bus.ask(scope, ListPages, { projectIds: [project.projectId], order: 'recent', isCurrent: !hasSuperseded, ...rest });
    return { scope: scopeView(project), pages: pages.map(pageHeadView), next_cursor: nextCursor };
  }

  @Requires('memory:read')
  @Route(ReadProjectPage)
  async readPage(scope: TenantScope, { params, query, headers }: RouteInput<typeof ReadProjectPage>, response: Response): Promise<RouteAnswer<typeof ReadProjectPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { page } = await this.bus.ask(scope, ReadPage, { projectId: project.projectId, path: params.path, at: query.at, asOf: query.as_of });
    // The tag is of the version alone: a browser that asked by it on its own would go on showing the links to the page, and its readers, as they were.
    response.set({ ETag: etagOf(page.pageId), 'Cache-Control': 'no-store' });
    // Express sends no body with it.
    if (holdsVersion(headers['if-none-match'], page.pageId)) response.status(304);
    return { scope: scopeView(project), page: pageView(page) };
  }
}
