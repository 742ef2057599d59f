import { Controller } from '@nestjs/common';
import { Bus, Hears, Serves } from '#libs/bus';
import { CountDocuments, HeadMoved, HistoryPurged, ObservationsStored, type OutputOf, type ParsedInputOf, type PayloadOf, SessionsExpired, SettlePurge } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { GatheringService } from './gathering.service.js';
import { IndexingService } from './indexing.service.js';
import { LeftoversService } from './leftovers.service.js';
import { SEQUENCE_MAX } from './pulling.service.js';

/** What is announced waits for others of its project, and for the batch before: sixteen sessions a project, of eight projects that are busy. */
const SESSIONS_AT_ONCE = 128;

@Controller()
export class IndexingHandlers {
  constructor(private readonly indexing: IndexingService, private readonly gathering: GatheringService, private readonly leftovers: LeftoversService, private readonly bus: Bus) {}

  @Hears(HeadMoved, 'search')
  async headMoved(scope: TenantScope, { projectId, revision }: PayloadOf<typeof HeadMoved>): Promise<void> {
    await this.indexing.indexPages(scope, projectId, revision);
  }

  @Hears(ObservationsStored, 'search', { atOnce: SESSIONS_AT_ONCE })
  async observationsStored(scope: TenantScope, { projectId, sessionId, sequence }: PayloadOf<typeof ObservationsStored>): Promise<void> {
    await this.gathering.add(scope, projectId, sessionId, sequence);
  }

  @Hears(HistoryPurged, 'search')
  async historyPurged(scope: TenantScope, { purgeId, projectId, revision, sessionId }: PayloadOf<typeof HistoryPurged>): Promise<void> {
    await this.leftovers.abandonBuilding(scope, projectId);
    await this.indexing.indexPages(scope, projectId, revision);
    if (sessionId !== null) await this.indexing.forgetSession(scope, projectId, sessionId, SEQUENCE_MAX);
    await this.leftovers.dropRemoved(scope, projectId);
    await this.bus.ask(scope, SettlePurge, { purgeId, by: 'search' });
  }

  /** What was captured since stays: the session may have gone on. */
  @Hears(SessionsExpired, 'search')
  async sessionsExpired(scope: TenantScope, { projectId, sessions }: PayloadOf<typeof SessionsExpired>): Promise<void> {
    await this.leftovers.abandonBuilding(scope, projectId);
    for (const { sessionId, generation } of sessions) await this.indexing.forgetSession(scope, projectId, sessionId, generation);
    await this.leftovers.dropRemoved(scope, projectId);
  }

  @Serves(CountDocuments)
  async countDocuments(scope: TenantScope, input: ParsedInputOf<typeof CountDocuments>): Promise<OutputOf<typeof CountDocuments>> {
    return { documents: await this.indexing.countDocuments(scope, input) };
  }
}
