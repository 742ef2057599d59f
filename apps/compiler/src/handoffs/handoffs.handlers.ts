import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { BeginHandoff, CancelHandoff, ClaimHandoff, ListHandoffs, ListOpenHandoffs, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { CompileService } from '../jobs/compile.service.js';
import { HandoffsService } from './handoffs.service.js';

@Controller()
export class HandoffsHandlers {
  constructor(private readonly handoffs: HandoffsService, private readonly compiles: CompileService) {}

  /** What ended before this call is compiled before it is answered. */
  @Serves(ClaimHandoff)
  async claim(scope: TenantScope, input: ParsedInputOf<typeof ClaimHandoff>): Promise<OutputOf<typeof ClaimHandoff>> {
    await this.compiles.catchUp(scope, input.projectId);
    return this.handoffs.claim(scope, input);
  }

  @Serves(BeginHandoff)
  async begin(scope: TenantScope, input: ParsedInputOf<typeof BeginHandoff>): Promise<OutputOf<typeof BeginHandoff>> {
    return { handoff: await this.handoffs.begin(scope, input) };
  }

  @Serves(ListHandoffs)
  async list(scope: TenantScope, input: ParsedInputOf<typeof ListHandoffs>): Promise<OutputOf<typeof ListHandoffs>> {
    await this.compiles.catchUp(scope, input.projectId);
    return this.handoffs.list(scope, input);
  }

  @Serves(ListOpenHandoffs)
  async listOpen(scope: TenantScope, input: ParsedInputOf<typeof ListOpenHandoffs>): Promise<OutputOf<typeof ListOpenHandoffs>> {
    return { handoffs: await this.handoffs.listOpen(scope, input.projectIds, input.limit) };
  }

  @Serves(CancelHandoff)
  async cancel(scope: TenantScope, input: ParsedInputOf<typeof CancelHandoff>): Promise<OutputOf<typeof CancelHandoff>> {
    return { handoff: await this.handoffs.cancel(scope, input.projectId, input.handoffId) };
  }
}
