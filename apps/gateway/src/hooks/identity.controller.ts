import { Controller, Get, Header, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { PRODUCT_VERSION } from '#libs/runtime';
import { userOf } from '#libs/tenancy';
import { CallerGuard } from '../auth/caller.guard.js';
import { credentialOf } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';

/** Who a machine's credential is. */
@Controller('identity')
@UseGuards(CallerGuard, PermissionGuard)
export class IdentityController {
  @Requires('self')
  @Get()
  @Header('cache-control', 'no-store')
  read(@Req() request: Request): object {
    const { scope, organisation } = credentialOf(request);
    const user = userOf(scope)!;
    const isAnonymous = request.headers.authorization === undefined;
    const level = isAnonymous ? 'anonymous' : user.role === 'owner' ? 'root' : 'user';
    return { version: PRODUCT_VERSION, level, operator: user.name, organisation, distinguishes_operators: true };
  }
}
