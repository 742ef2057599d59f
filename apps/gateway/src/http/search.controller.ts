import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { SCOPE_NEEDED } from '../projects/project.faults.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { findMemories, type SearchQuestion } from '../search/found-memories.js';
import { Moment, SEARCH_CURSOR, SEARCH_FIELDS, SEARCH_ITEMS } from '../search/search-request.js';
import { flag, listOf, valuesOf, wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { SearchView, searchView } from './search-view.js';

const name = z.string().min(1).max(256);
const q = z.string().min(1).max(2_000).describe('Words to look for; any of them will do, and the more the better. `"a phrase"` must stand in what is found, `-word` may not; `kind:`, `path:`, `agent:`, `user:`, `after:` and `before:` narrow as the parameters do.');

const Search = route({
  method: 'GET',
  path: '/search',
  summary: 'Finds pages and observations in one project, in one workspace, or in the whole organisation.',
  query: {
    q, workspace: name.optional(), project: name.optional(), limit: wholeNumber(1, 100, 10),
    kind: listOf(SEARCH_ITEMS.kind).describe('Kinds of pages and of observations.'),
    agent: valuesOf(SEARCH_ITEMS.agent), user: valuesOf(SEARCH_ITEMS.user).describe('Names of people: authors of pages, owners of sessions.'),
    path: valuesOf(SEARCH_ITEMS.path).describe('With `*`, `**` or `?` the whole path, else how it begins: of a page, or of the file that an observation is about.'),
    after: Moment.optional(), before: Moment.optional(),
    as_of: Moment.optional().describe('What was there at that time, in one project: pages as they were, also those that have changed or gone since, and what had been observed by then. Without cursor.'),
    include_superseded: flag().describe('Superseded pages are ranked as others are, not below.'),
    pin_first: flag().describe('Pinned pages first, at most ten.'),
    explain: flag(), cursor: SEARCH_CURSOR.optional().describe('`next_cursor` of the answer before.'),
  },
  response: SearchView,
});

const SearchScopes = route({
  method: 'POST',
  path: '/search',
  summary: 'Finds pages and observations in the named projects.',
  body: z.strictObject({ q, scopes: z.array(z.strictObject({ workspace: name, project: name })).min(1).max(25), limit: z.int().min(1).max(100).default(10), ...SEARCH_FIELDS }),
  response: SearchView,
});

@Controller()
export class SearchController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(Search)
  async search(scope: TenantScope, { query }: RouteInput<typeof Search>): Promise<RouteAnswer<typeof Search>> {
    const { q: words, workspace, project, limit, kind: kinds, agent: agents, user: users, path: paths, ...fields } = query;
    return this.find(scope, await this.projectsOf(scope, workspace, project), { query: words, limit, fields: { kinds, agents, users, paths, ...fields } });
  }

  @Requires('memory:read')
  @Route(SearchScopes)
  async searchScopes(scope: TenantScope, { body }: RouteInput<typeof SearchScopes>): Promise<RouteAnswer<typeof SearchScopes>> {
    const { q: query, scopes, limit, ...fields } = body;
    const projects = await Promise.all(scopes.map(({ workspace, project }) => this.projects.findProject(scope, workspace, project)));
    return this.find(scope, [...new Map(projects.map((project) => [project.projectId, project])).values()], { query, limit, fields });
  }

  private async projectsOf(scope: TenantScope, workspace: string | undefined, project: string | undefined): Promise<ProjectRef[]> {
    if (project === undefined) return this.projects.listProjects(scope, workspace);
    if (workspace === undefined) throw new Fault(SCOPE_NEEDED);
    return [await this.projects.findProject(scope, workspace, project)];
  }

  private async find(scope: TenantScope, projects: readonly ProjectRef[], question: SearchQuestion): Promise<z.output<typeof SearchView>> {
    return searchView(projects, await findMemories((contract, input) => this.bus.ask(scope, contract, input), projects, question));
  }
}
