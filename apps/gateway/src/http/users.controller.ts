import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Role, type TenantScope } from '#libs/tenancy';
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

@Controller()
export class UsersController {
  constructor(private readonly identity: IdentityService) {}

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
}
