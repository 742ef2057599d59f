import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ConsolidateSession, ListConsolidations, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ConsolidationQueueService } from './consolidation-queue.service.js';

@Controller()
export class ConsolidationHandlers {
  constructor(private readonly queue: ConsolidationQueueService) {}

  @Serves(ConsolidateSession)
  async consolidate(scope: TenantScope, { sessionId }: ParsedInputOf<typeof ConsolidateSession>): Promise<OutputOf<typeof ConsolidateSession>> {
    return { job: await this.queue.consolidate(scope, sessionId) };
  }

  @Serves(ListConsolidations)
  async list(scope: TenantScope, { sessionId, limit }: ParsedInputOf<typeof ListConsolidations>): Promise<OutputOf<typeof ListConsolidations>> {
    return { jobs: await this.queue.list(scope, sessionId, limit) };
  }
}
