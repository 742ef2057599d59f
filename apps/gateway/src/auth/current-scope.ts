import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { TenantScope } from '#libs/tenancy';
import type { Credential } from './token-cache.js';

/** What the guard found out about the caller. */
export function credentialOf(request: Request): Credential {
  return request.user as Credential;
}

/** The caller's scope, as a handler's parameter. Only behind `CallerGuard`. */
export const CurrentScope = createParamDecorator((_data: unknown, context: ExecutionContext): TenantScope => credentialOf(context.switchToHttp().getRequest<Request>()).scope);
