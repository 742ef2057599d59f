import { Controller, Get } from '@nestjs/common';
import { Fault, NOT_FOUND } from '#libs/faults';
import { Requires } from '../auth/requires.js';
import { AuthorizationServer } from './authorization-server.service.js';
import { AGENT_SCOPES } from './oauth-scopes.js';

/** RFC 9728: who gives tokens for /mcp. Told to everybody. */
@Controller('.well-known/oauth-protected-resource')
export class ProtectedResourceController {
  constructor(private readonly server: AuthorizationServer) {}

  @Requires('public')
  @Get()
  read(): object {
    const { address } = this.server;
    if (!address) throw new Fault(NOT_FOUND);
    return { resource: address.resource, authorization_servers: [address.origin], scopes_supported: AGENT_SCOPES, bearer_methods_supported: ['header'], resource_name: 'ai-memory' };
  }

  @Requires('public')
  @Get('mcp')
  readOfMcp(): object {
    return this.read();
  }
}
