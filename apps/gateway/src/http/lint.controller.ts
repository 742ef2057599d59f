import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { LintCode, LintFinding, LintProject } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { listOf, wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const LintWiki = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/lint',
  summary: "What is wrong with a project's wiki, by rules: the worst first. Changes nothing.",
  query: { code: listOf(LintCode).describe('Only these.'), limit: wholeNumber(1, 300, 100) },
  response: z.object({
    scope: ScopeView,
    pages: z.int().describe('How many were looked at.'),
    counts: z.partialRecord(LintCode, z.int()).describe('Of each code that there is any of, also beyond `limit`; at most 500 each.'),
    findings: z.array(LintFinding.meta({ id: 'LintFinding' })),
  }),
});

@Controller()
export class LintController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(LintWiki)
  async lintWiki(scope: TenantScope, { params, query }: RouteInput<typeof LintWiki>): Promise<RouteAnswer<typeof LintWiki>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { pages, counts, findings } = await this.bus.ask(scope, LintProject, { projectId: project.projectId, codes: query.code, limit: query.limit });
    return { scope: scopeView(project), pages, counts, findings };
  }
}
