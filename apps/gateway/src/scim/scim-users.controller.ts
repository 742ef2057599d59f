import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { TenantScope } from '#libs/tenancy';
import { CallerGuard } from '../auth/caller.guard.js';
import { CurrentScope } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { publicOrigin } from '../sign-on/public-origin.js';
import { DirectoryUsersRepository, type UserFilter } from './directory-users.repository.js';
import { listResponse } from './scim-documents.js';
import { type Resource } from './scim-patch.js';
import { SCIM_TYPE, ScimProblemFilter } from './scim-problem.filter.js';
import { idOf, listRequest, patchOf, ScimBody } from './scim-request.js';
import { directoryUserOf, userResource } from './scim-user.js';
import { ScimUsersService } from './scim-users.service.js';

/** People, for a directory: RFC 7644. */
@Controller('scim/v2/Users')
@UseGuards(CallerGuard, PermissionGuard)
@UseFilters(ScimProblemFilter)
export class ScimUsersController {
  constructor(private readonly users: ScimUsersService, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  @Get()
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async listUsers(@CurrentScope() scope: TenantScope, @Req() request: Request): Promise<Resource> {
    const { startIndex, count, filter } = listRequest<UserFilter>(request, DirectoryUsersRepository.mayAsk);
    const { total, rows } = await this.users.list(scope, filter, startIndex - 1, count);
    return listResponse(rows.map((row) => userResource(row, this.base(request))), total, startIndex);
  }

  @Get(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async readUser(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Req() request: Request): Promise<Resource> {
    return userResource(await this.users.read(scope, idOf(id)), this.base(request));
  }

  @Post()
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async createUser(@CurrentScope() scope: TenantScope, @ScimBody() body: unknown, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Resource> {
    const user = userResource(await this.users.create(scope, directoryUserOf(body)), this.base(request));
    response.set('Location', (user.meta as { location: string }).location);
    return user;
  }

  @Put(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async replaceUser(@CurrentScope() scope: TenantScope, @Param('id') id: string, @ScimBody() body: unknown, @Req() request: Request): Promise<Resource> {
    return userResource(await this.users.replace(scope, idOf(id), directoryUserOf(body)), this.base(request));
  }

  @Patch(':id')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  async patchUser(@CurrentScope() scope: TenantScope, @Param('id') id: string, @ScimBody() body: unknown, @Req() request: Request): Promise<Resource> {
    return userResource(await this.users.patch(scope, idOf(id), patchOf(body)), this.base(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('admin:people')
  async deleteUser(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.users.remove(scope, idOf(id));
  }

  private base(request: Request): string {
    return `${publicOrigin(this.config, request)}/scim/v2`;
  }
}
