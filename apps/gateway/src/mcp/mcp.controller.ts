import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { setTimeout as rest } from 'node:timers/promises';
import { All, type BeforeApplicationShutdown, Controller, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Bus } from '#libs/bus';
import { Fault, UNAVAILABLE } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { Refusals } from '../audit/refusals.service.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { credentialOf } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { refuseUngranted } from './granted-scopes.js';
import { readBody } from './mcp-body.js';
import { McpProblemFilter } from './mcp-problem.filter.js';
import { authInfoOf, serverForRequest } from './mcp-server.js';
import { findTool } from './toolset.js';

/** What is being answered when the process is told to stop gets so long to end. */
const ENDING_TIMEOUT_MS = 5_000;

/** The Model Context Protocol over streamable HTTP: stateless, 2026-07-28 and the 2025 revisions on one address. */
@Controller('mcp')
@UseGuards(CallerGuard, PermissionGuard)
@UseFilters(McpProblemFilter)
export class McpController implements BeforeApplicationShutdown {
  private readonly handler: ReturnType<typeof createMcpHandler>;
  private readonly answer: ReturnType<typeof toNodeHandler>;
  private readonly inFlight = new Set<Promise<void>>();
  private isEnding = false;

  constructor(@Inject(Bus) bus: Bus, @Inject(ProjectsService) projects: ProjectsService, @Inject(IdentityService) people: IdentityService, @Inject(Refusals) refusals: Refusals) {
    const onerror = (error: Error): void => logger.warn({ err: error }, 'An MCP request was refused');
    this.handler = createMcpHandler(() => serverForRequest({ bus, projects, people, refusals }), { onerror });
    this.answer = toNodeHandler(this.handler, { onerror });
  }

  @Requires('self')
  @All()
  async serve(@Req() request: Request, @Res() response: Response): Promise<void> {
    const authenticated = Object.assign(request, { auth: authInfoOf(credentialOf(request)) });
    if (this.isEnding) throw new Fault(UNAVAILABLE, { detail: 'told to stop', retryAfterSeconds: 1 });
    if (request.method !== 'POST') return this.answer(authenticated, response);
    const answered = this.answerCall(authenticated, response);
    this.inFlight.add(answered);
    await answered.finally(() => this.inFlight.delete(answered));
  }

  /** Calls that are being answered are, then what streams is ended, so that the HTTP server can close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    await Promise.race([Promise.allSettled(this.inFlight), rest(ENDING_TIMEOUT_MS, undefined, { ref: false })]);
    await this.handler.close();
  }

  private async answerCall(request: Parameters<typeof this.answer>[0] & Request, response: Response): Promise<void> {
    try {
      const body = await readBody(request, response);
      refuseUngranted(credentialOf(request).scope, body, findTool);
      await this.answer(request, response, body);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'invalid') throw error;
      response.status(error.status).json({ jsonrpc: '2.0', id: null, error: { code: ProtocolErrorCode.ParseError, message: `Parse error: ${error.sentence}` } });
    }
  }
}
