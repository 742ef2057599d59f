import { Controller } from '@nestjs/common';
import { Bus, Hears, Serves } from '#libs/bus';
import { CountLeft, HistoryPurged, type OutputOf, type ParsedInputOf, type PayloadOf, ReadPurgedPaths, SettlePurge } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { PurgesRepository } from './purges.repository.js';

@Controller()
export class PurgesHandlers {
  constructor(private readonly db: TenantDb, private readonly purges: PurgesRepository, private readonly bus: Bus) {}

  @Hears(HistoryPurged, 'compiler')
  async historyPurged(scope: TenantScope, { purgeId, projectId, sessionId }: PayloadOf<typeof HistoryPurged>): Promise<void> {
    const { paths } = await this.bus.ask(scope, ReadPurgedPaths, { purgeId });
    await this.db.run(scope, async (tx) => {
      if (sessionId !== null) await this.purges.removeSession(tx, sessionId);
      await this.purges.removePages(tx, projectId, paths);
    });
    await this.bus.ask(scope, SettlePurge, { purgeId, by: 'compiler' });
  }

  @Serves(CountLeft)
  count(scope: TenantScope, { projectId, paths, sessionId }: ParsedInputOf<typeof CountLeft>): Promise<OutputOf<typeof CountLeft>> {
    return this.db.run(scope, (tx) => this.purges.count(tx, projectId, paths, sessionId));
  }
}
