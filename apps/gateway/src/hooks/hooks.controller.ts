import { Body, Controller, Get, Header, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { CallerGuard } from '../auth/caller.guard.js';
import { CurrentScope } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { LimitsService } from '../limits/limits.service.js';
import { HandoffDelivery } from './handoff-delivery.service.js';
import { BATCH_NOT_ARRAY, BATCH_TOO_LONG } from './hook.faults.js';
import { type HookQuery, readHookQuery } from './hook-query.js';
import { HookTurns } from './hook-turns.js';
import { type HookItem, HooksService, requireReadable } from './hooks.service.js';

const BATCH_MAX = 256;
/** Requests being stored at the same time; beyond, clients keep their events and come again. */
const IN_FLIGHT_MAX = 1_024;

/** The hooks' wire: compatible with the reference system's. */
@Controller()
@UseGuards(CallerGuard, PermissionGuard)
export class HooksController {
  private readonly turns = new HookTurns(IN_FLIGHT_MAX);

  constructor(private readonly hooks: HooksService, private readonly handoffs: HandoffDelivery, private readonly limits: LimitsService) {}

  /** 202 after the event is committed, or will never be kept; 429 and 503 ask for it again. */
  @Requires('ingest:write')
  @Post('hook')
  @HttpCode(202)
  @Header('content-type', 'text/plain; charset=utf-8')
  async one(@CurrentScope() scope: TenantScope, @Req() request: Request, @Body() payload: unknown): Promise<string> {
    const item = { query: queryOf(request), payload };
    requireReadable(item);
    await this.limits.admit(scope, 'events');
    const { outcomes, failure } = await this.turns.run(scope.organisationId, () => this.hooks.capture(scope, [item], new Date()));
    if (failure) throw failure;
    return outcomes[0]!.startsWith('dropped') ? outcomes[0]!.replace('_', ' ') : 'queued';
  }

  /** 200 with what became of each item, also where the batch stopped early (`failed_index`). */
  @Requires('ingest:write')
  @Post('hook/batch')
  @HttpCode(200)
  async batch(@CurrentScope() scope: TenantScope, @Body() body: unknown): Promise<object> {
    const items = readBatch(body);
    // What a limit does not let in any more stays with the client, as where the batch stops for another reason.
    const { granted } = await this.limits.admit(scope, 'events', items.length);
    const result = await this.turns.run(scope.organisationId, () => this.hooks.capture(scope, items.slice(0, granted), new Date()));
    if (result.failure && result.outcomes.length === 0) throw result.failure;
    return {
      accepted: result.outcomes.length,
      results: result.outcomes.map((outcome, index) => ({ index, outcome })),
      ...(result.failure || granted < items.length ? { failed_index: result.outcomes.length } : {}),
    };
  }

  /** Markdown for the session that starts, or nothing; only a bad token is an error. */
  @Requires('memory:read')
  @Get('handoff')
  async handoff(@CurrentScope() scope: TenantScope, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { markdown, scopeName } = await this.handoffs.deliver(scope, queryOf(request), () => !request.socket.destroyed);
    response.setHeader('content-type', 'text/markdown; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    if (scopeName) response.setHeader('x-ai-memory-scope', scopeName);
    return markdown;
  }

}

function queryOf(request: Request): HookQuery {
  return queryIn(request.originalUrl);
}

function queryIn(url: string): HookQuery {
  const start = url.indexOf('?');
  return readHookQuery(new URLSearchParams(start < 0 ? '' : url.slice(start + 1)));
}

function readBatch(body: unknown): HookItem[] {
  if (!Array.isArray(body)) throw new Fault(BATCH_NOT_ARRAY);
  if (body.length > BATCH_MAX) throw new Fault(BATCH_TOO_LONG);
  return body.map((item: { url?: unknown; body?: unknown } | null) => {
    if (typeof item?.url !== 'string') throw new Fault(BATCH_NOT_ARRAY);
    return { query: queryIn(item.url), payload: item.body };
  });
}
