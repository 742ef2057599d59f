import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ErasuresService } from '../erasures/erasures.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ErasureView, erasureView } from './erasure-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const EraseProject = route({
  method: 'DELETE',
  path: '/workspaces/{workspace}/projects/{project}',
  summary: 'Erases a project for good: pages and their history, sessions, handoffs, index. It is absent at once; `GET /erasures` tells when all of it is gone. For owners and admins.',
  query: { confirm: z.string().max(200).describe('The project, as `workspace/project`.') },
  response: z.object({ erasure: ErasureView }),
});

const EraseOrganisation = route({
  method: 'DELETE',
  path: '/organisations/{organisation}',
  summary: 'Erases an organisation for good, its people and tokens included. Nobody of it gets in from now on. For its owners, and the operator, who is told by `GET /erasures?of=organisations` when all of it is gone.',
  query: { confirm: z.string().max(200).describe('The organisation\'s name.') },
  response: z.object({ erasure: ErasureView }),
});

const ListErasures = route({
  method: 'GET',
  path: '/erasures',
  summary: 'What was erased and is being erased, last requested first, at most 100, with signed reports. For owners; `of=organisations` for the operator.',
  query: { of: z.enum(['projects', 'organisations']).default('projects') },
  response: z.object({ erasures: z.array(ErasureView), public_key: z.string().nullable().describe('What signatures are checked with, PEM; null where reports are not signed.') }),
});

/** Making a project or an organisation gone for good. */
@Controller()
export class ErasuresController {
  constructor(private readonly projects: ProjectsService, private readonly erasures: ErasuresService) {}

  @Requires('admin:data')
  @Route(EraseProject)
  async eraseProject(scope: TenantScope, { params, query }: RouteInput<typeof EraseProject>): Promise<RouteAnswer<typeof EraseProject>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    return { erasure: erasureView(await this.erasures.eraseProject(scope, project, query.confirm)) };
  }

  @Requires('admin:data')
  @Route(EraseOrganisation)
  async eraseOrganisation(scope: TenantScope, { params, query }: RouteInput<typeof EraseOrganisation>): Promise<RouteAnswer<typeof EraseOrganisation>> {
    return { erasure: erasureView(await this.erasures.eraseOrganisation(scope, params.organisation, query.confirm)) };
  }

  @Requires('admin:data')
  @Route(ListErasures)
  async listErasures(scope: TenantScope, { query }: RouteInput<typeof ListErasures>): Promise<RouteAnswer<typeof ListErasures>> {
    const erasures = query.of === 'projects' ? await this.erasures.list(scope) : await this.erasures.listOrganisations(scope);
    return { erasures: erasures.map(erasureView), public_key: this.erasures.publicKey };
  }
}
