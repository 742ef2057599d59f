import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-http-bearer';
import type { Origin } from '#libs/tenancy';
import { AuthenticationService } from './authentication.service.js';
import { originOf } from './request-origin.js';
import type { Credential } from './token-cache.js';

/** `Authorization: Bearer …` by passport; what it returns becomes the request's credential. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(private readonly authentication: AuthenticationService) {
    super({ passReqToCallback: true });
  }

  /** From the header alone: passport would also take `access_token` from the query, which gets logged, or from the body, which is an agent's payload. */
  override authenticate(request: Request): void {
    const { headers, ip, path } = request;
    super.authenticate({ headers, ip, path, origin: originOf(request, null) } as unknown as Request);
  }

  /** Capture alone may go by what was so a moment ago: it comes with each step of an agent, and tells nothing. */
  validate({ origin, path }: Pick<Request, 'path'> & { origin: Origin }, token: string): Promise<Credential> {
    return this.authentication.ofToken(token, { origin, mayBeStale: path === '/hook' || path === '/hook/batch' });
  }
}
