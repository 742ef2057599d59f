import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { isFromOwnSite } from './own-site.js';
import { FOREIGN_SITE } from './sign-on.faults.js';

/** Refuses what another site's page makes a browser send. */
@Injectable()
export class OwnSiteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!isFromOwnSite(context.switchToHttp().getRequest<Request>())) throw new Fault(FOREIGN_SITE);
    return true;
  }
}
