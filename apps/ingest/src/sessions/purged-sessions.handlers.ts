import { Controller } from '@nestjs/common';
import { Bus, Hears } from '#libs/bus';
import { HistoryPurged, type PayloadOf, SettlePurge } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { SessionsService } from './sessions.service.js';

@Controller()
export class PurgedSessionsHandlers {
  constructor(private readonly sessions: SessionsService, private readonly bus: Bus) {}

  @Hears(HistoryPurged, 'ingest')
  async historyPurged(scope: TenantScope, { purgeId, sessionId }: PayloadOf<typeof HistoryPurged>): Promise<void> {
    if (sessionId !== null) await this.sessions.purge(scope, sessionId);
    await this.bus.ask(scope, SettlePurge, { purgeId, by: 'ingest' });
  }
}
