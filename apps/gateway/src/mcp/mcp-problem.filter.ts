import { Catch, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Fault } from '#libs/faults';
import { Refusals } from '../audit/refusals.service.js';
import { publicAddress } from '../auth/public-address.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { AGENT_SCOPES } from '../oauth/oauth-scopes.js';
import { InsufficientScope } from './granted-scopes.js';

/** Tells an MCP client with a refusal how to sign in: where the metadata of RFC 9728 is, and which scopes to ask for. */
@Catch()
@Injectable()
export class McpProblemFilter extends ProblemFilter {
  private readonly metadataUrl: string | undefined;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, refusals: Refusals) {
    super(refusals);
    const address = publicAddress(config);
    this.metadataUrl = address && `${address.origin}/.well-known/oauth-protected-resource/mcp`;
  }

  protected override furtherHeaders(fault: Fault, { req }: Response): Record<string, string> {
    if (!this.metadataUrl) return {};
    const where = `resource_metadata="${this.metadataUrl}"`;
    if (fault instanceof InsufficientScope) return { 'www-authenticate': `Bearer error="insufficient_scope", scope="${fault.scopes.join(' ')}", ${where}` };
    if (fault.kind !== 'unauthenticated') return {};
    const problem = req.headers.authorization === undefined ? '' : 'error="invalid_token", ';
    return { 'www-authenticate': `Bearer ${problem}scope="${AGENT_SCOPES.join(' ')}", ${where}` };
  }
}
