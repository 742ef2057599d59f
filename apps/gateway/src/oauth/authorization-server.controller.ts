import { All, type BeforeApplicationShutdown, Controller, Get, type OnApplicationBootstrap, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Sweeper } from '#libs/runtime';
import { Requires } from '../auth/requires.js';
import { AuthorizationServer } from './authorization-server.service.js';
import { OAuthRecordsRepository } from './oauth-records.repository.js';

const SWEEP_EVERY_MS = 600_000;

/** Hands requests to oidc-provider. */
@Controller()
export class AuthorizationServerController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(private readonly server: AuthorizationServer, records: OAuthRecordsRepository) {
    this.sweeper = new Sweeper('oauth-records', SWEEP_EVERY_MS, () => records.removeExpired());
  }

  onApplicationBootstrap(): void {
    if (this.server.address) this.sweeper.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweeper.stop();
  }

  /** RFC 8414: where everything is. */
  @Requires('public')
  @Get('.well-known/oauth-authorization-server')
  metadata(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.serve(request, response);
  }

  @Requires('public')
  @All('oauth/{*rest}')
  async serve(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { provider, address } = this.server;
    const { host, protocol } = new URL(address!.origin);
    // Addresses in answers are those by which the server is known, whatever this request came by; where it came from is what the door makes of it.
    Object.assign(request.headers, { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-for': request.ip });
    await provider.callback()(request, response);
  }
}
