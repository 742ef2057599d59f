import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { requirePermission } from '#libs/bus';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { ProjectsService } from '../projects/projects.service.js';
import { credentialOf } from './current-scope.js';
import { requiresOf } from './requires.js';

/** What the caller may do, after a guard has found out who they are. Throws `not-found` for projects that they may not see. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly projects: ProjectsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requires = requiresOf(context.getHandler());
    if (!requires || requires.permission === 'public') return requires !== undefined;
    const request = context.switchToHttp().getRequest<Request>();
    const { scope } = credentialOf(request);
    requirePermission(scope, requires.permission, await this.projectId(scope, request.params, requires.isMaking));
    return true;
  }

  private async projectId(scope: TenantScope, { workspace, project }: Request['params'], mayBeAbsent: boolean): Promise<string | undefined> {
    if (typeof workspace !== 'string' || typeof project !== 'string') return undefined;
    try {
      return (await this.projects.findProject(scope, workspace, project)).projectId;
    } catch (error) {
      if (mayBeAbsent && error instanceof Fault && error.kind === 'not-found') return undefined;
      throw error;
    }
  }
}
