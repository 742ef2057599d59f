import { Controller, Get, Header, Inject, Req, UseFilters, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CallerGuard } from '../auth/caller.guard.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { publicOrigin } from '../sign-on/public-origin.js';
import { listResponse, resourceTypes, schemas, serviceProviderConfig } from './scim-documents.js';
import type { Resource } from './scim-patch.js';
import { SCIM_TYPE, ScimProblemFilter } from './scim-problem.filter.js';

/** What a directory may ask of this server: RFC 7644, 4. */
@Controller('scim/v2')
@UseGuards(CallerGuard, PermissionGuard)
@UseFilters(ScimProblemFilter)
export class ScimDocumentsController {
  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  @Get('ServiceProviderConfig')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  readConfig(@Req() request: Request): Resource {
    return serviceProviderConfig(this.base(request));
  }

  @Get('ResourceTypes')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  listResourceTypes(@Req() request: Request): Resource {
    const types = resourceTypes(this.base(request));
    return listResponse(types, types.length, 1);
  }

  @Get('Schemas')
  @Header('Content-Type', SCIM_TYPE)
  @Requires('admin:people')
  listSchemas(@Req() request: Request): Resource {
    const all = schemas(this.base(request));
    return listResponse(all, all.length, 1);
  }

  private base(request: Request): string {
    return `${publicOrigin(this.config, request)}/scim/v2`;
  }
}
