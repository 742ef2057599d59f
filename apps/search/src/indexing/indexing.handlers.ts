import { Controller } from '@nestjs/common';
import { Hears } from '#libs/bus';
import { HeadMoved, ObservationsStored, type PayloadOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { IndexingService } from './indexing.service.js';

@Controller()
export class IndexingHandlers {
  constructor(private readonly indexing: IndexingService) {}

  @Hears(HeadMoved, 'search')
  async headMoved(scope: TenantScope, { projectId, revision }: PayloadOf<typeof HeadMoved>): Promise<void> {
    await this.indexing.indexPages(scope, projectId, revision);
  }

  @Hears(ObservationsStored, 'search')
  async observationsStored(scope: TenantScope, { projectId, sessionId, sequence }: PayloadOf<typeof ObservationsStored>): Promise<void> {
    await this.indexing.indexSession(scope, projectId, sessionId, sequence);
  }
}
