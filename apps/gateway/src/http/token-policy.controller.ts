import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { TOKEN_DAYS_MAX, type TokenPolicy } from '../identity/token-life.js';
import { TokensService } from '../identity/tokens.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Policy = z.strictObject({
  days_max: z.int().min(1).max(TOKEN_DAYS_MAX).describe('For how many days a token may be made.'),
  may_never_expire: z.boolean().describe('Whether there may be tokens without an end.'),
}).meta({ id: 'TokenPolicy' });

const ReadTokenPolicy = route({ method: 'GET', path: '/token-policy', summary: 'For how long tokens of the organisation may be made.', response: z.object({ policy: Policy }) });

const WriteTokenPolicy = route({
  method: 'PUT',
  path: '/token-policy',
  summary: 'Sets for how long tokens may be made from now on; those that there are stay as they are. For owners and admins.',
  body: Policy,
  response: z.object({ policy: Policy }),
});

@Controller()
export class TokenPolicyController {
  constructor(private readonly tokens: TokensService) {}

  @Requires('self')
  @Route(ReadTokenPolicy)
  async readTokenPolicy(scope: TenantScope): Promise<RouteAnswer<typeof ReadTokenPolicy>> {
    return { policy: view(await this.tokens.readPolicy(scope)) };
  }

  @Requires('admin:settings')
  @Route(WriteTokenPolicy)
  async writeTokenPolicy(scope: TenantScope, { body }: RouteInput<typeof WriteTokenPolicy>): Promise<RouteAnswer<typeof WriteTokenPolicy>> {
    return { policy: view(await this.tokens.writePolicy(scope, { daysMax: body.days_max, mayNeverExpire: body.may_never_expire })) };
  }
}

function view({ daysMax, mayNeverExpire }: TokenPolicy): z.output<typeof Policy> {
  return { days_max: daysMax, may_never_expire: mayNeverExpire };
}
