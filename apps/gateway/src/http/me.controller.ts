import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Role, type TenantScope, userOf } from '#libs/tenancy';
import { credentialOf } from '../auth/current-scope.js';
import { Requires } from '../auth/requires.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ReadMe = route({
  method: 'GET',
  path: '/me',
  summary: 'Who the caller is.',
  response: z.object({
    user: z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), role: Role, operator: z.boolean() }),
    organisation: z.object({ organisation_id: z.uuid(), name: z.string() }),
    local: z.boolean().describe('Nobody signs in here: the caller is whoever is on this machine.'),
  }),
});

@Controller()
export class MeController {
  @Requires('self')
  @Route(ReadMe)
  async readMe(scope: TenantScope, _input: RouteInput<typeof ReadMe>, response: Response): Promise<RouteAnswer<typeof ReadMe>> {
    // A credential is always a user's.
    const { userId, name, email, role, isOperator } = userOf(scope)!;
    const { organisation, isLocal = false } = credentialOf(response.req);
    return {
      user: { user_id: userId, name, email, role, operator: isOperator },
      organisation: { organisation_id: scope.organisationId, name: organisation },
      local: isLocal,
    };
  }
}
