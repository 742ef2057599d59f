import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ErasuresService } from '../erasures/erasures.service.js';
import { UserErasuresService } from '../erasures/user-erasures.service.js';
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

const EraseUser = route({
  method: 'DELETE',
  path: '/users/{user}',
  summary: 'Erases a person for good: their sessions and what was made of them, slots, messages, handoffs, tokens; in histories of pages an erased user stands in their place. For owners and admins.',
  query: { confirm: z.string().max(200).describe('The person\'s name.') },
  response: z.object({ erasure: ErasureView }),
});

const EraseMe = route({
  method: 'DELETE',
  path: '/me',
  summary: 'The same of the caller, where the organisation lets its people erase themselves. It is the last that they are answered.',
  query: { confirm: z.string().max(200).describe('The caller\'s name.') },
  response: z.object({ erasure: ErasureView }),
});

const Policy = z.object({ by_oneself: z.boolean().describe('Whether people may have themselves erased.') });
const ReadErasurePolicy = route({ method: 'GET', path: '/erasures/policy', summary: 'Who may have people erased besides owners and admins.', response: Policy });
const WriteErasurePolicy = route({ method: 'PUT', path: '/erasures/policy', summary: 'Lets people have themselves erased, or not. For owners and admins.', body: z.strictObject(Policy.shape), response: Policy });

const ListErasures = route({
  method: 'GET',
  path: '/erasures',
  summary: 'What was erased and is being erased, last requested first, at most 100, with signed reports. For owners and admins; `of=organisations` for the operator.',
  query: { of: z.enum(['projects', 'users', 'organisations']).default('projects') },
  response: z.object({ erasures: z.array(ErasureView), public_key: z.string().nullable().describe('What signatures are checked with, PEM; null where reports are not signed.') }),
});

/** Making a project, a person or an organisation gone for good. */
@Controller()
export class ErasuresController {
  constructor(private readonly projects: ProjectsService, private readonly erasures: ErasuresService, private readonly people: UserErasuresService) {}

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
  @Route(EraseUser)
  async eraseUser(scope: TenantScope, { params, query }: RouteInput<typeof EraseUser>): Promise<RouteAnswer<typeof EraseUser>> {
    return { erasure: erasureView(await this.people.erase(scope, params.user, query.confirm)) };
  }

  @Requires('self')
  @Route(EraseMe)
  async eraseMe(scope: TenantScope, { query }: RouteInput<typeof EraseMe>): Promise<RouteAnswer<typeof EraseMe>> {
    return { erasure: erasureView(await this.people.eraseOneself(scope, query.confirm)) };
  }

  @Requires('self')
  @Route(ReadErasurePolicy)
  async readErasurePolicy(scope: TenantScope): Promise<RouteAnswer<typeof ReadErasurePolicy>> {
    return { by_oneself: await this.people.mayByOneself(scope) };
  }

  @Requires('admin:data')
  @Route(WriteErasurePolicy)
  async writeErasurePolicy(scope: TenantScope, { body }: RouteInput<typeof WriteErasurePolicy>): Promise<RouteAnswer<typeof WriteErasurePolicy>> {
    await this.people.letByOneself(scope, body.by_oneself);
    return { by_oneself: body.by_oneself };
  }

  @Requires('admin:data')
  @Route(ListErasures)
  async listErasures(scope: TenantScope, { query }: RouteInput<typeof ListErasures>): Promise<RouteAnswer<typeof ListErasures>> {
    const lists = { projects: () => this.erasures.list(scope), users: () => this.people.list(scope), organisations: () => this.erasures.listOrganisations(scope) };
    const erasures = await lists[query.of]();
    return { erasures: erasures.map(erasureView), public_key: this.erasures.publicKey };
  }
}
