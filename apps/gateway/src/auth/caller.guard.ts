import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { Fault } from '#libs/faults';
import { GATEWAY_CONFIG, type GatewayConfig, isForThisMachine } from '../gateway.config.js';
import { TOKEN_FOR_MCP, TOKEN_INVALID, TOKEN_MISSING } from './auth.faults.js';
import { AuthenticationService } from './authentication.service.js';
import { credentialOf } from './current-scope.js';
import { OpenAnswers } from './open-answers.service.js';
import { SessionRecogniser } from './session.recogniser.js';
import type { Credential } from './token-cache.js';

const Bearer = AuthGuard('bearer');
const MCP_PATH = '/mcp';

/** Who calls. A token or a browser's cookie that is sent must be right; none at all means the local owner where that is allowed, else 401. */
@Injectable()
export class CallerGuard extends Bearer implements CanActivate {
  /** Whether whoever is on this machine is its owner. */
  readonly mayBeAnonymous: boolean;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, private readonly authentication: AuthenticationService, private readonly answers: OpenAnswers, private readonly browsers: SessionRecogniser) {
    super();
    this.mayBeAnonymous = isForThisMachine(config) && !config.AI_MEMORY_REQUIRE_AUTH;
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const browser = await this.browsers.recognise(request);
    if (browser) {
      request.user = browser;
      this.answers.watch(http.getResponse<Response>(), browser);
      return true;
    }
    if (request.headers.authorization !== undefined) return this.admit(context, request, http.getResponse<Response>());
    if (!this.mayBeAnonymous) throw new Fault(TOKEN_MISSING);
    request.user = await this.authentication.ofLocalOwner();
    return true;
  }

  private async admit(context: ExecutionContext, request: Request, response: Response): Promise<boolean> {
    const isAdmitted = (await super.canActivate(context)) as boolean;
    if (credentialOf(request).isForMcp && request.path.replace(/\/$/, '') !== MCP_PATH) throw new Fault(TOKEN_FOR_MCP);
    this.answers.watch(response, credentialOf(request));
    return isAdmitted;
  }

  override handleRequest<T = Credential>(error: unknown, credential: T | false): T {
    if (error) throw error;
    if (!credential) throw new Fault(TOKEN_INVALID);
    return credential;
  }
}
