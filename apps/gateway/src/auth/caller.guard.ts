import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { Fault } from '#libs/faults';
import { GATEWAY_CONFIG, type GatewayConfig, isForThisMachine } from '../gateway.config.js';
import { LimitsService } from '../limits/limits.service.js';
import { rateLimitHeaders } from '../limits/rate-limit-headers.js';
import { TOKEN_FOR_MCP, TOKEN_INVALID, TOKEN_MISSING } from './auth.faults.js';
import { AuthenticationService } from './authentication.service.js';
import { OpenAnswers } from './open-answers.service.js';
import { credentialFrom } from './request-origin.js';
import { SessionRecogniser } from './session.recogniser.js';
import type { Credential } from './token-cache.js';

const Bearer = AuthGuard('bearer');
const MCP_PATH = '/mcp';

/** Who calls. A token or a browser's cookie that is sent must be right; none at all means the local owner where that is allowed, else 401. */
@Injectable()
export class CallerGuard extends Bearer implements CanActivate {
  /** Whether whoever is on this machine is its owner. */
  readonly mayBeAnonymous: boolean;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, private readonly authentication: AuthenticationService, private readonly answers: OpenAnswers, private readonly browsers: SessionRecogniser, private readonly limits: LimitsService) {
    super();
    this.mayBeAnonymous = isForThisMachine(config) && !config.AI_MEMORY_REQUIRE_AUTH;
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const credential = credentialFrom(request, await this.credentialOf(context, request));
    request.user = credential;
    await this.admit(credential, response);
    this.answers.watch(response, credential);
    return true;
  }

  /** One request of what the caller's limits let in; the answer says how much is left, also where it is a refusal. */
  private async admit({ scope }: Credential, response: Response): Promise<void> {
    const shares = await this.limits.admit(scope, 'requests').then((admission) => admission.shares, (error: unknown) => {
      response.set(rateLimitHeaders(this.limits.sharesOf(scope, 'requests'), Date.now()));
      throw error;
    });
    response.set(rateLimitHeaders(shares, Date.now()));
  }

  private async credentialOf(context: ExecutionContext, request: Request): Promise<Credential> {
    const browser = await this.browsers.recognise(request);
    if (browser) return browser;
    if (request.headers.authorization === undefined) return this.ofNobody();
    await super.canActivate(context);
    const credential = request.user as Credential;
    if (credential.isForMcp && request.path.replace(/\/$/, '') !== MCP_PATH) throw new Fault(TOKEN_FOR_MCP);
    return credential;
  }

  private ofNobody(): Promise<Credential> {
    if (!this.mayBeAnonymous) throw new Fault(TOKEN_MISSING);
    return this.authentication.ofLocalOwner();
  }

  override handleRequest<T = Credential>(error: unknown, credential: T | false): T {
    if (error) throw error;
    if (!credential) throw new Fault(TOKEN_INVALID);
    return credential;
  }
}
