import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type TenantScope, userOf } from '#libs/tenancy';
import type { SignInRow } from '../sign-on/sign-ins.repository.js';
import { SignInsService } from '../sign-on/sign-ins.service.js';
import { Requires } from '../auth/requires.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const SignInView = z.object({
  sign_in_id: z.uuid(), user_id: z.uuid(), method: z.enum(['oidc', 'password', 'invitation']), address: z.string(), browser: z.string().describe('As it says itself.'),
  created_at: z.iso.datetime(), used_at: z.iso.datetime().describe('Up to five minutes behind.'),
}).meta({ id: 'SignIn' });

const ListSignIns = route({
  method: 'GET',
  path: '/sign-ins',
  summary: "The browsers that the caller is signed in with, or for owners and admins anybody's; the last used first.",
  query: { user_id: z.uuid().optional().describe('The caller, unless told.') },
  response: z.object({ sign_ins: z.array(SignInView) }),
});

const EndSignIn = route({
  method: 'DELETE',
  path: '/sign-ins/{sign_in}',
  summary: "Signs a browser out, at once here and within seconds everywhere: one of the caller's, or for owners and admins anybody's.",
  response: z.object({ sign_in: SignInView }),
});

@Controller()
export class SignInsController {
  constructor(private readonly signIns: SignInsService) {}

  @Requires('self')
  @Route(ListSignIns)
  async listSignIns(scope: TenantScope, { query }: RouteInput<typeof ListSignIns>): Promise<RouteAnswer<typeof ListSignIns>> {
    return { sign_ins: (await this.signIns.list(scope, query.user_id ?? userOf(scope)!.userId)).map(signInView) };
  }

  @Requires('self')
  @Route(EndSignIn)
  async endSignIn(scope: TenantScope, { params }: RouteInput<typeof EndSignIn>): Promise<RouteAnswer<typeof EndSignIn>> {
    return { sign_in: signInView(await this.signIns.end(scope, params.sign_in)) };
  }
}

function signInView(row: SignInRow): z.output<typeof SignInView> {
  return { ...row, created_at: row.created_at.toISOString(), used_at: row.used_at.toISOString() };
}
