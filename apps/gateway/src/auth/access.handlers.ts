import { Controller } from '@nestjs/common';
import { Notices } from '#libs/bus';
import { AccessChanged, AddressBlocked, type PayloadOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { AuthenticationService } from './authentication.service.js';
import { GuessesService } from '../guesses/guesses.service.js';
import { OpenAnswers } from './open-answers.service.js';

/** What other gateways find out about callers. */
@Controller()
export class AccessHandlers {
  constructor(private readonly authentication: AuthenticationService, private readonly guesses: GuessesService, private readonly answers: OpenAnswers) {}

  @Notices(AccessChanged)
  async changed(scope: TenantScope, _none: PayloadOf<typeof AccessChanged>): Promise<void> {
    this.authentication.forget(scope);
    await this.answers.review(scope.organisationId);
  }

  @Notices(AddressBlocked)
  async blocked(_scope: TenantScope, { address, kind, until }: PayloadOf<typeof AddressBlocked>): Promise<void> {
    this.guesses.block(kind, address, new Date(until));
  }
}
