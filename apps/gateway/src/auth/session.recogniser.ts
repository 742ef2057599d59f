import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { cookieOf } from '../sign-on/cookies.js';
import { isFromOwnSite } from '../sign-on/own-site.js';
import { signInCookie } from '../sign-on/public-origin.js';
import { FOREIGN_SITE, SIGN_IN_ENDED, TWO_CREDENTIALS } from '../sign-on/sign-on.faults.js';
import { type BrowserCredential, SignInsService } from '../sign-on/sign-ins.service.js';

/** Where browsers go. Agents, hooks and git have tokens: a cookie means nothing there. */
const BROWSER_PATHS = /^\/(api\/v1|account|auth)(\/|$)/;

/** Who a browser's cookie is. */
@Injectable()
export class SessionRecogniser {
  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly signIns: SignInsService) {}

  /** Null without a cookie. One that is sent must be live, alone, and with our own pages' requests where something may change. */
  async recognise(request: Request): Promise<BrowserCredential | null> {
    const secret = BROWSER_PATHS.test(request.path) ? cookieOf(request, signInCookie(this.config).name) : undefined;
    if (secret === undefined) return null;
    if (request.headers.authorization !== undefined) throw new Fault(TWO_CREDENTIALS);
    if (!isFromOwnSite(request)) throw new Fault(FOREIGN_SITE);
    const credential = await this.signIns.find(secret);
    if (!credential) throw new Fault(SIGN_IN_ENDED);
    return credential;
  }
}
