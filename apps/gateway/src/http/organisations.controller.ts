import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { PersonEmail, PersonName, UserView, userView } from './identity-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { IssuedTokenView, issuedTokenView } from './token-view.js';

const CreateOrganisation = route({
  method: 'POST',
  path: '/organisations',
  summary: 'Creates an organisation with its first owner. For the operator of the installation.',
  body: z.strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9, dot, underscore and hyphen, and start with a letter or a digit'),
    owner: z.strictObject({ name: PersonName, email: PersonEmail }),
  }),
  response: z.object({ organisation: z.object({ organisation_id: z.uuid(), name: z.string() }), owner: UserView, token: IssuedTokenView }),
  status: 201,
});

@Controller()
export class OrganisationsController {
  constructor(private readonly identity: IdentityService) {}

  @Requires('operator')
  @Route(CreateOrganisation)
  async createOrganisation(scope: TenantScope, { body }: RouteInput<typeof CreateOrganisation>): Promise<RouteAnswer<typeof CreateOrganisation>> {
    const created = await this.identity.createOrganisation(scope, body.name, body.owner);
    return {
      organisation: { organisation_id: created.organisationId, name: body.name },
      owner: userView(created.owner),
      token: issuedTokenView(created.issued),
    };
  }
}
