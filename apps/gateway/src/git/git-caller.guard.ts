import { type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { CallerGuard } from '../auth/caller.guard.js';
import { tokenInBasic } from './basic-token.js';
import { GIT_TOKEN_MISSING } from './git.faults.js';

/**
 * Git clients know users and passwords only: the token is the password, and the user's name counts for nothing. A token is
 * asked for on loopback too: git sends the one it has only when it is asked, and what is pushed would else be the local owner's.
 */
@Injectable()
export class GitCallerGuard extends CallerGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (headers.authorization === undefined) throw new Fault(GIT_TOKEN_MISSING);
    const token = tokenInBasic(headers.authorization);
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    return super.canActivate(context);
  }
}
