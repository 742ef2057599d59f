import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ClaimBriefing, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { BriefingsService } from './briefings.service.js';

@Controller()
export class BriefingsHandlers {
  constructor(private readonly briefings: BriefingsService) {}

  @Serves(ClaimBriefing)
  async claim(scope: TenantScope, input: ParsedInputOf<typeof ClaimBriefing>): Promise<OutputOf<typeof ClaimBriefing>> {
    return { isFirst: await this.briefings.claim(scope, input) };
  }
}
