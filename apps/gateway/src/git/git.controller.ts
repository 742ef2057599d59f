import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Controller, Get, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Bus, requirePermission } from '#libs/bus';
import { AdvertiseRefs, ContinueFetch, FetchPack, GIT_CHUNK_BYTES_MAX, PUSH_BYTES_MAX, ReceivePush, StagePush } from '#libs/contracts';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { CurrentScope } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { inPieces, readWhole } from '../http/body-pieces.js';
import { REQUEST_INVALID } from '../http/http.faults.js';
import { requireWriter } from '../identity/require-writer.js';
import { ProjectsService } from '../projects/projects.service.js';
import { bodyOf } from './git-body.js';
import { GitCallerGuard } from './git-caller.guard.js';
import { GitProblemFilter } from './git-problem.filter.js';
import { PUSH_TOO_LARGE } from './git.faults.js';

const Service = AdvertiseRefs.input.shape.service;
const PROJECT = ':workspace/:project.git';

/** Git's smart HTTP protocol: what `git clone`, `fetch` and `push` speak. */
@Controller('git')
@UseGuards(GitCallerGuard, PermissionGuard)
@UseFilters(GitProblemFilter)
export class GitController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('git')
  @Get(`${PROJECT}/info/refs`)
  async advertise(
    @CurrentScope() scope: TenantScope, @Param('workspace') workspace: string, @Param('project') name: string, @Query('service') asked: unknown,
    @Req() request: Request, @Res() response: Response,
  ): Promise<void> {
    const service = Service.safeParse(asked);
    if (!service.success) throw new Fault(REQUEST_INVALID, { sentence: 'Only the smart HTTP protocol is spoken here: use git 1.6.6 or newer.' });
    const { projectId } = await this.projects.findProject(scope, workspace, name);
    // Clients ask this before they send anything.
    if (service.data === 'git-receive-pack') requirePusher(scope, projectId);
    const { data } = await this.bus.ask(scope, AdvertiseRefs, { projectId, service: service.data, isVersion2: isVersion2(request) });
    begin(response, `${service.data}-advertisement`).end(Buffer.from(data, 'base64'));
  }

  @Requires('git')
  @Post(`${PROJECT}/git-upload-pack`)
  async fetch(@CurrentScope() scope: TenantScope, @Param('workspace') workspace: string, @Param('project') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { projectId } = await this.projects.findProject(scope, workspace, name);
    const body = await readWhole(bodyOf(request, 'git-upload-pack'), GIT_CHUNK_BYTES_MAX);
    const { data, transferId } = await this.bus.ask(scope, FetchPack, { projectId, isVersion2: isVersion2(request), request: body.toString('base64') });
    begin(response, 'git-upload-pack-result');
    await send(response, data);
    for (let isLast = transferId === null; !isLast && !response.destroyed;) {
      const next = await this.bus.ask(scope, ContinueFetch, { projectId, transferId: transferId! });
      await send(response, next.data);
      isLast = next.isLast;
    }
    response.end();
  }

  @Requires('git')
  @Post(`${PROJECT}/git-receive-pack`)
  async push(@CurrentScope() scope: TenantScope, @Param('workspace') workspace: string, @Param('project') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { projectId, project } = await this.projects.findProject(scope, workspace, name);
    const transferId = randomUUID();
    let offset = 0;
    for await (const piece of inPieces(bodyOf(request, 'git-receive-pack'), GIT_CHUNK_BYTES_MAX)) {
      if (offset + piece.length > PUSH_BYTES_MAX) throw new Fault(PUSH_TOO_LARGE);
      await this.bus.ask(scope, StagePush, { projectId, transferId, offset, data: piece.toString('base64') });
      offset += piece.length;
    }
    const { report } = await this.bus.ask(scope, ReceivePush, { projectId, projectName: `${workspace}/${project}`, transferId });
    begin(response, 'git-receive-pack-result').end(Buffer.from(report, 'base64'));
  }
}

function requirePusher(scope: TenantScope, projectId: string): void {
  requireWriter(scope);
  requirePermission(scope, 'pages:write', projectId);
}

function begin(response: Response, type: string): Response {
  return response.status(200).set({ 'content-type': `application/x-${type}`, 'cache-control': 'no-cache, max-age=0, must-revalidate' });
}

/** Waits while the client does not take what it was sent. */
async function send(response: Response, data: string): Promise<void> {
  if (response.destroyed || response.write(Buffer.from(data, 'base64'))) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

function isVersion2(request: Request): boolean {
  const asked = z.string().safeParse(request.headers['git-protocol']).data ?? '';
  return asked.split(':').includes('version=2');
}
