import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Role, type TenantScope } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { Requires } from '../auth/requires.js';
import { ServiceAccountsService } from '../identity/service-accounts.service.js';
import { UserView, userView } from './identity-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListServiceAccounts = route({
  method: 'GET',
  path: '/service-accounts',
  summary: 'The service accounts of the organisation, by name, and who made them. For owners and admins.',
  response: z.object({ service_accounts: z.array(UserView) }),
});

const CreateServiceAccount = route({
  method: 'POST',
  path: '/service-accounts',
  summary: 'Makes a user that is a program: it has tokens, made at /tokens, and no way to sign on. For owners and admins.',
  body: z.strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9, dot, underscore and hyphen, and start with a letter or a digit'),
    role: Role.default('member'),
  }),
  response: z.object({ service_account: UserView }),
  status: 201,
});

const DisableServiceAccount = route({
  method: 'DELETE',
  path: '/service-accounts/{account}',
  summary: 'Disables a service account, and revokes its tokens for good. What it wrote stays. For owners and admins.',
  response: z.object({ service_account: UserView }),
});

@Controller()
export class ServiceAccountsController {
  constructor(private readonly accounts: ServiceAccountsService, private readonly authentication: AuthenticationService) {}

  @Requires('admin:people')
  @Route(ListServiceAccounts)
  async listServiceAccounts(scope: TenantScope): Promise<RouteAnswer<typeof ListServiceAccounts>> {
    return { service_accounts: (await this.accounts.list(scope)).map(userView) };
  }

  @Requires('admin:people')
  @Route(CreateServiceAccount)
  async createServiceAccount(scope: TenantScope, { body }: RouteInput<typeof CreateServiceAccount>): Promise<RouteAnswer<typeof CreateServiceAccount>> {
    return { service_account: userView(await this.accounts.create(scope, body.name, body.role)) };
  }

  @Requires('admin:people')
  @Route(DisableServiceAccount)
  async disableServiceAccount(scope: TenantScope, { params }: RouteInput<typeof DisableServiceAccount>): Promise<RouteAnswer<typeof DisableServiceAccount>> {
    const row = await this.accounts.disable(scope, params.account);
    this.authentication.forget(scope);
    return { service_account: userView(row) };
  }
}
