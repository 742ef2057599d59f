import type { NextFunction, Request, Response } from 'express';
import { Fault } from '#libs/faults';
import { isFromOwnSite } from './own-site.js';
import { FOREIGN_SITE } from './sign-on.faults.js';

/** Refuses what another site's page makes a browser send to our own pages. */
export function fromOwnSite(request: Request, _response: Response, next: NextFunction): void {
  next(isFromOwnSite(request) ? undefined : new Fault(FOREIGN_SITE));
}
