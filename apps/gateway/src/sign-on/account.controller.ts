import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Fault, NOT_FOUND } from '#libs/faults';
import { userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { SessionRecogniser } from '../auth/session.recogniser.js';
import { accountPage } from './account-page.js';
import { PAGE_HEADERS } from './markup.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { SIGN_IN_ENDED } from './sign-on.faults.js';
import { SignInsService } from './sign-ins.service.js';

/** A person's own page: who they are here, where they are signed in, and the way out. Who is nobody is sent to sign in, not refused. */
@Controller('account')
@UseFilters(PageProblemFilter)
export class AccountController {
  constructor(private readonly recogniser: SessionRecogniser, private readonly signIns: SignInsService) {}

  @Requires('public')
  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const credential = await this.recogniser.recognise(request).catch(nobodyIfEnded);
    if (!credential) return response.redirect(302, '/auth/sign-in?return_to=/account');
    const user = userOf(credential.scope)!;
    const signIns = await this.signIns.list(credential.scope, user.userId);
    response.set(PAGE_HEADERS).send(accountPage({ ...user, organisation: credential.organisation, signIns, ownId: credential.signInId }));
  }

  @Requires('public')
  @Post('sign-ins/:id/end')
  async end(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const credential = await this.recogniser.recognise(request);
    if (!credential) throw new Fault(SIGN_IN_ENDED);
    if (!z.uuid().safeParse(id).success) throw new Fault(NOT_FOUND);
    await this.signIns.end(credential.scope, id);
    response.redirect(303, '/account');
  }
}

function nobodyIfEnded(error: unknown): null {
  if (error instanceof Fault && error.code === SIGN_IN_ENDED.code) return null;
  throw error;
}
