import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Role, type TenantScope } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { PersonEmail, PersonName, UserView, userView } from './identity-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListUsers = route({
  method: 'GET',
  path: '/users',
  summary: 'The people of the organisation, by name. For owners and admins.',
  response: z.object({ users: z.array(UserView) }),
});

const CreateUser = route({
  method: 'POST',
  path: '/users',
  summary: 'Adds a person to the organisation. For owners and admins.',
  body: z.strictObject({ name: PersonName, email: PersonEmail, role: Role.default('member') }),
  response: z.object({ user: UserView }),
  status: 201,
});

const UserAnswer = z.object({ user: UserView });
const SetRole = route({
  method: 'PUT', path: '/users/{user}/role', summary: 'Gives a user another role. For owners and admins; owners are made and changed by owners.', body: z.strictObject({ role: Role }), response: UserAnswer,
});
const DisableUser = route({
  method: 'POST', path: '/users/{user}/disable', summary: 'Refuses a user, with whatever credential, from the next request on. What they wrote stays. For owners and admins.', response: UserAnswer,
});
const EnableUser = route({ method: 'POST', path: '/users/{user}/enable', summary: 'Lets a disabled user in again. For owners and admins.', response: UserAnswer });

@Controller()
export class UsersController {
  constructor(private readonly identity: IdentityService, private readonly authentication: AuthenticationService) {}

  @Requires('admin:people')
  @Route(ListUsers)
  async listUsers(scope: TenantScope): Promise<RouteAnswer<typeof ListUsers>> {
    return { users: (await this.identity.listUsers(scope)).map(userView) };
  }

  @Requires('admin:people')
  @Route(CreateUser)
  async createUser(scope: TenantScope, { body }: RouteInput<typeof CreateUser>): Promise<RouteAnswer<typeof CreateUser>> {
    return { user: userView(await this.identity.createUser(scope, body)) };
  }

  @Requires('admin:people')
  @Route(SetRole)
  async setUserRole(scope: TenantScope, { params, body }: RouteInput<typeof SetRole>): Promise<RouteAnswer<typeof SetRole>> {
    return { user: userView(await this.identity.setRole(scope, params.user, body.role)) };
  }

  @Requires('admin:people')
  @Route(DisableUser)
  async disableUser(scope: TenantScope, { params }: RouteInput<typeof DisableUser>): Promise<RouteAnswer<typeof DisableUser>> {
    const user = await this.identity.setDisabled(scope, params.user, true);
    this.authentication.forget(scope);
    return { user: userView(user) };
  }

  @Requires('admin:people')
  @Route(EnableUser)
  async enableUser(scope: TenantScope, { params }: RouteInput<typeof EnableUser>): Promise<RouteAnswer<typeof EnableUser>> {
    return { user: userView(await this.identity.setDisabled(scope, params.user, false)) };
  }
}
