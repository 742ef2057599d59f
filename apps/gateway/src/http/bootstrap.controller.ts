import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { BootstrapProject, Material } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { requireWriter } from '../identity/require-writer.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const BootstrapFromCheckout = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/bootstrap',
  summary: 'Makes pages of what a checkout shows, by rules: an overview, its history, decisions, commands. Again, it keeps them up, and leaves alone what people have touched.',
  body: z.strictObject({ material: Material, dry_run: z.boolean().default(false).describe('Only tells what would become of which page, with its text.') }),
  response: z.object({
    scope: ScopeView,
    pages: z.array(z.object({ path: z.string(), title: z.string(), outcome: z.enum(['added', 'changed', 'unchanged', 'kept']), body: z.string().optional() })),
  }),
});

@Controller()
export class BootstrapController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('pages:write')
  @Route(BootstrapFromCheckout)
  async bootstrapProject(scope: TenantScope, { params, body }: RouteInput<typeof BootstrapFromCheckout>): Promise<RouteAnswer<typeof BootstrapFromCheckout>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    requireWriter(scope);
    const { name, email } = userOf(scope)!;
    const projectName = `${project.workspace}/${project.project}`;
    const { pages } = await this.bus.ask(scope, BootstrapProject, { projectId: project.projectId, projectName, material: fitToStore(body.material).value, isDryRun: body.dry_run, author: { name, email } });
    return { scope: scopeView(project), pages };
  }
}
