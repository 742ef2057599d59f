import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type TenantScope, userOf } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { IssuedTokenView, issuedTokenView, TokenView, tokenView } from './identity-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ListTokens = route({
  method: 'GET',
  path: '/tokens',
  summary: 'All tokens of the organisation, oldest first, without their secrets. For owners and admins.',
  response: z.object({ tokens: z.array(TokenView) }),
});

const CreateToken = route({
  method: 'POST',
  path: '/tokens',
  summary: 'Makes a token for the caller; an owner may make one for anybody in the organisation.',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    user_id: z.uuid().optional().describe('The caller, unless told.'),
    expires_in_days: z.int().min(1).max(366).default(90),
    read_only: z.boolean().default(false).describe('It may change nothing, whoever it is of.'),
  }),
  response: z.object({ token: IssuedTokenView }),
  status: 201,
});

const RevokeToken = route({
  method: 'DELETE',
  path: '/tokens/{token}',
  summary: 'Revokes a token, at once here and within seconds everywhere. For owners and admins.',
  response: z.object({ token: TokenView }),
});

@Controller()
export class TokensController {
  constructor(private readonly identity: IdentityService, private readonly authentication: AuthenticationService) {}

  @Requires('admin:tokens')
  @Route(ListTokens)
  async listTokens(scope: TenantScope): Promise<RouteAnswer<typeof ListTokens>> {
    return { tokens: (await this.identity.listTokens(scope)).map(tokenView) };
  }

  @Requires('self')
  @Route(CreateToken)
  async createToken(scope: TenantScope, { body }: RouteInput<typeof CreateToken>): Promise<RouteAnswer<typeof CreateToken>> {
    // A credential is always a user's.
    const userId = body.user_id ?? userOf(scope)!.userId;
    return { token: issuedTokenView(await this.identity.createToken(scope, userId, body.name, { days: body.expires_in_days, isReadOnly: body.read_only })) };
  }

  @Requires('admin:tokens')
  @Route(RevokeToken)
  async revokeToken(scope: TenantScope, { params }: RouteInput<typeof RevokeToken>): Promise<RouteAnswer<typeof RevokeToken>> {
    const row = await this.identity.revokeToken(scope, params.token);
    this.authentication.forget();
    return { token: tokenView(row) };
  }
}
