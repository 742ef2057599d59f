import { Controller, Inject } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { PasswordsService } from '../sign-on/passwords.service.js';
import { publicOrigin } from '../sign-on/public-origin.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const SetPassword = route({
  method: 'PUT',
  path: '/users/{user}/password',
  summary: "Sets the caller's password, or for owners and admins anybody's, and signs all browsers of that user out.",
  body: z.strictObject({ password: z.string().max(1_024).describe('12 to 256 characters; none that is guessed first.') }),
  response: z.object({ user_id: z.uuid() }),
});

const RemovePassword = route({
  method: 'DELETE',
  path: '/users/{user}/password',
  summary: "Takes the caller's password away, or for owners and admins anybody's: they sign in at the identity provider alone.",
  response: z.object({ user_id: z.uuid() }),
});

const InviteUser = route({
  method: 'POST',
  path: '/users/{user}/invitation',
  summary: 'Makes a link by which a person chooses a password; it works once, for three days, and makes the one before worthless. For owners and admins.',
  response: z.object({ url: z.url().describe('Shown this once. Whoever has it signs in as this user.'), expires_at: z.iso.datetime() }),
  status: 201,
});

@Controller()
export class PasswordsController {
  constructor(private readonly passwords: PasswordsService, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  @Requires('self')
  @Route(SetPassword)
  async setPassword(scope: TenantScope, { params, body }: RouteInput<typeof SetPassword>): Promise<RouteAnswer<typeof SetPassword>> {
    await this.passwords.set(scope, params.user, body.password);
    return { user_id: params.user };
  }

  @Requires('self')
  @Route(RemovePassword)
  async removePassword(scope: TenantScope, { params }: RouteInput<typeof RemovePassword>): Promise<RouteAnswer<typeof RemovePassword>> {
    await this.passwords.remove(scope, params.user);
    return { user_id: params.user };
  }

  @Requires('admin:people')
  @Route(InviteUser)
  async inviteUser(scope: TenantScope, { params }: RouteInput<typeof InviteUser>, response: Response): Promise<RouteAnswer<typeof InviteUser>> {
    const { secret, expiresAt } = await this.passwords.invite(scope, params.user);
    return { url: `${publicOrigin(this.config, response.req)}/auth/invitation?code=${secret}`, expires_at: expiresAt.toISOString() };
  }
}
