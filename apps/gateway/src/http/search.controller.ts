import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { SearchMemories } from '#libs/contracts';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { sourcesOf } from '../mcp/hit-sources.js';
import { SCOPE_NEEDED } from '../projects/project.faults.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { SearchView, searchView } from './search-view.js';

const NOTHING = { hits: [], rawHits: [], terms: [] };
const name = z.string().min(1).max(256);
const q = z.string().min(1).max(2_000).describe('Words to look for; any of them will do, and the more the better.');

const Search = route({
  method: 'GET',
  path: '/search',
  summary: 'Finds pages and observations in one project, in one workspace, or in the whole organisation.',
  query: { q, workspace: name.optional(), project: name.optional(), limit: wholeNumber(1, 100, 10) },
  response: SearchView,
});

const SearchScopes = route({
  method: 'POST',
  path: '/search',
  summary: 'Finds pages and observations in the named projects.',
  body: z.strictObject({ q, scopes: z.array(z.strictObject({ workspace: name, project: name })).min(1).max(25), limit: z.int().min(1).max(100).default(10) }),
  response: SearchView,
});

@Controller()
export class SearchController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Route(Search)
  async search(scope: TenantScope, { query }: RouteInput<typeof Search>): Promise<RouteAnswer<typeof Search>> {
    return this.find(scope, await this.projectsOf(scope, query.workspace, query.project), query.q, query.limit);
  }

  @Route(SearchScopes)
  async searchScopes(scope: TenantScope, { body }: RouteInput<typeof SearchScopes>): Promise<RouteAnswer<typeof SearchScopes>> {
    const projects = await Promise.all(body.scopes.map(({ workspace, project }) => this.projects.findProject(scope, workspace, project)));
    return this.find(scope, projects, body.q, body.limit);
  }

  private async projectsOf(scope: TenantScope, workspace: string | undefined, project: string | undefined): Promise<ProjectRef[]> {
    if (project === undefined) return this.projects.listProjects(scope, workspace);
    if (workspace === undefined) throw new Fault(SCOPE_NEEDED);
    return [await this.projects.findProject(scope, workspace, project)];
  }

  private async find(scope: TenantScope, projects: ProjectRef[], query: string, limit: number): Promise<z.output<typeof SearchView>> {
    const projectIds = [...new Set(projects.map(({ projectId }) => projectId))];
    const found = projectIds.length === 0 ? NOTHING : await this.bus.ask(scope, SearchMemories, { projectIds, query, limit });
    return searchView(projects, found, await sourcesOf((contract, input) => this.bus.ask(scope, contract, input), found.hits));
  }
}
