import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { GATEWAY_CONFIG, type GatewayConfig, isForThisMachine } from '../gateway.config.js';
import { TOKEN_INVALID, TOKEN_MISSING } from './auth.faults.js';
import { AuthenticationService } from './authentication.service.js';
import { SessionRecogniser } from './session.recogniser.js';
import type { Credential } from './token-cache.js';

const Bearer = AuthGuard('bearer');

/** Who calls. A token or a browser's cookie that is sent must be right; none at all means the local owner where that is allowed, else 401. */
@Injectable()
export class CallerGuard extends Bearer implements CanActivate {
  private readonly mayBeAnonymous: boolean;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, private readonly authentication: AuthenticationService, private readonly browsers: SessionRecogniser) {
    super();
    this.mayBeAnonymous = isForThisMachine(config) && !config.AI_MEMORY_REQUIRE_AUTH;
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const browser = await this.browsers.recognise(request);
    if (browser) {
      request.user = browser;
      return true;
    }
    if (request.headers.authorization !== undefined) return (await super.canActivate(context)) as boolean;
    if (!this.mayBeAnonymous) throw new Fault(TOKEN_MISSING);
    request.user = await this.authentication.ofLocalOwner();
    return true;
  }

  override handleRequest<T = Credential>(error: unknown, credential: T | false): T {
    if (error) throw error;
    if (!credential) throw new Fault(TOKEN_INVALID);
    return credential;
  }
}
