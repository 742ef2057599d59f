import { Injectable } from '@nestjs/common';
import { Bus, requirePermission } from '#libs/bus';
import { type ConsolidationJob, ReadSession, type Session } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { defineFault, Fault } from '#libs/faults';
import { readableProjects, type TenantScope } from '#libs/tenancy';
import { ModelSettingsService } from '../model-settings/model-settings.service.js';
import { ConsolidationJobsRepository } from './consolidation-jobs.repository.js';
import { isWorthConsolidating } from './worth-consolidating.js';

const NO_MODEL = defineFault('consolidation.no-model', 'conflict', 'No language model is configured for this organisation. Its owner can set one.');
const NOT_ENDED = defineFault('consolidation.not-ended', 'conflict', 'The session is still open. It can be consolidated when it has ended.');

/** What comes late comes within seconds; it should not cost a second consolidation. */
const STRAGGLERS_SECONDS = 3;

/** Which sessions are to be consolidated. */
@Injectable()
export class ConsolidationQueueService {
  constructor(private readonly bus: Bus, private readonly db: TenantDb, private readonly settings: ModelSettingsService, private readonly jobs: ConsolidationJobsRepository) {}

  /** After a session's rule page is written. Does nothing without a model. */
  async afterCompile(scope: TenantScope, session: Session): Promise<void> {
    if (!isWorthConsolidating(session, Date.now())) return;
    const { isEnabled, isAutomatic, endpoints } = await this.settings.effective(scope);
    if (!isEnabled || !isAutomatic || endpoints.length === 0) return;
    await this.db.run(scope, (tx) => this.jobs.want(tx, session, STRAGGLERS_SECONDS));
  }

  /** Because somebody asked: at once, and again where it was done already. */
  async consolidate(scope: TenantScope, sessionId: string): Promise<ConsolidationJob> {
    const { session } = await this.bus.ask(scope, ReadSession, { sessionId });
    requirePermission(scope, 'memory:write', session.projectId);
    const { isEnabled, endpoints } = await this.settings.effective(scope);
    if (!isEnabled || endpoints.length === 0) throw new Fault(NO_MODEL);
    if (!session.endedAt) throw new Fault(NOT_ENDED);
    return this.db.run(scope, async (tx) => {
      await this.jobs.want(tx, session, 0, true);
      return (await this.jobs.list(tx, readableProjects(scope), sessionId, 1))[0]!;
    });
  }

  list(scope: TenantScope, sessionId: string | undefined, limit: number): Promise<ConsolidationJob[]> {
    return this.db.run(scope, (tx) => this.jobs.list(tx, readableProjects(scope), sessionId, limit));
  }
}
