import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { IdentityService } from '../identity/identity.service.js';
import { PersonEmail, PersonName, UserView, userView } from './identity-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListUsers = route({
  method: 'GET',
  path: '/users',
  summary: 'The people of the organisation, by name. For its owners.',
  response: z.object({ users: z.array(UserView) }),
});

const CreateUser = route({
  method: 'POST',
  path: '/users',
  summary: 'Adds a person to the organisation. For its owners.',
  body: z.strictObject({ name: PersonName, email: PersonEmail, role: z.enum(['owner', 'member']).default('member') }),
  response: z.object({ user: UserView }),
  status: 201,
});

@Controller()
export class UsersController {
  constructor(private readonly identity: IdentityService) {}

  @Route(ListUsers)
  async listUsers(scope: TenantScope): Promise<RouteAnswer<typeof ListUsers>> {
    return { users: (await this.identity.listUsers(scope)).map(userView) };
  }

  @Route(CreateUser)
  async createUser(scope: TenantScope, { body }: RouteInput<typeof CreateUser>): Promise<RouteAnswer<typeof CreateUser>> {
    return { user: userView(await this.identity.createUser(scope, body)) };
  }
}
