import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { TenantScope } from '#libs/tenancy';
import { CallerGuard } from '../auth/caller.guard.js';
import { CurrentScope } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { publicOrigin } from '../sign-on/public-origin.js';
import { DirectoryGroupsRepository, type GroupFilter } from './directory-groups.repository.js';
import { listResponse } from './scim-documents.js';
import { type Resource } from './scim-patch.js';
import { SCIM_TYPE, ScimProblemFilter } from './scim-problem.filter.js';
import { idOf, listRequest, patchOf, ScimBody } from './scim-request.js';
import { directoryGroupOf, groupResource } from './scim-group.js';
import { ScimGroupsService } from './scim-groups.service.js';

/** Groups, for a directory: RFC 7644. */
@Controller('scim/v2/Groups')
@UseGuards(CallerGuard, PermissionGuard)
@UseFilters(ScimProblemFilter)
export class ScimGroupsController {
  constructor(private readonly groups: ScimGroupsService, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  @Get()
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async listGroups(@CurrentScope() scope: TenantScope, @Req() request: Request): Promise<Resource> {
    const { startIndex, count, filter, hasMembers } = listRequest<GroupFilter>(request, DirectoryGroupsRepository.mayAsk);
    const { total, rows } = await this.groups.list(scope, filter, startIndex - 1, count, hasMembers);
    return listResponse(rows.map((row) => groupResource(row, this.base(request))), total, startIndex);
  }

  @Get(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async readGroup(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Req() request: Request): Promise<Resource> {
    return groupResource(await this.groups.read(scope, idOf(id)), this.base(request));
  }

  @Post()
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async createGroup(@CurrentScope() scope: TenantScope, @ScimBody() body: unknown, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Resource> {
    const group = groupResource(await this.groups.create(scope, directoryGroupOf(body)), this.base(request));
    response.set('Location', (group.meta as { location: string }).location);
    return group;
  }

  @Put(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async replaceGroup(@CurrentScope() scope: TenantScope, @Param('id') id: string, @ScimBody() body: unknown, @Req() request: Request): Promise<Resource> {
    return groupResource(await this.groups.replace(scope, idOf(id), directoryGroupOf(body)), this.base(request));
  }

  @Patch(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async patchGroup(@CurrentScope() scope: TenantScope, @Param('id') id: string, @ScimBody() body: unknown, @Req() request: Request): Promise<Resource> {
    return groupResource(await this.groups.patch(scope, idOf(id), patchOf(body)), this.base(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('admin:people')
  async deleteGroup(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.groups.remove(scope, idOf(id));
  }

  private base(request: Request): string {
    return `${publicOrigin(this.config, request)}/scim/v2`;
  }
}
