import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { Sweeper } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { MODELS_CONFIG, type ModelsConfig } from '../models/models.config.js';
import { ModelCallsRepository } from '../spending/model-calls.repository.js';
import { ModelCallsService } from '../spending/model-calls.service.js';
import { StepFailure } from '../spending/step-failure.js';
import { ConsolidationJobsRepository, LEASE_SECONDS, type TakenJob } from './consolidation-jobs.repository.js';
import { ConsolidationService } from './consolidation.service.js';
import { ATTEMPTS_MAX, retryDelaySeconds } from './retry-delay.js';

const EVERY_MS = 500;

/**
 * Works on consolidation jobs, a bounded number at a time. One organisation gets at most half of the places, so that however
 * much it wants, another's job starts at once; among those that wait, whoever has least under way comes first.
 */
@Injectable()
export class ConsolidationWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeper = new Sweeper('consolidations', EVERY_MS, () => this.fill());
  /** Jobs of this process under way, with the organisation of each. */
  private readonly running = new Map<Promise<void>, string>();
  private isStopping = false;

  constructor(
    private readonly db: TenantDb,
    private readonly jobs: ConsolidationJobsRepository,
    private readonly records: ModelCallsRepository,
    private readonly calls: ModelCallsService,
    private readonly consolidations: ConsolidationService,
    @Inject(MODELS_CONFIG) private readonly config: ModelsConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.calls.stop();
    await this.sweeper.stop();
    await Promise.all(this.running.keys());
  }

  /** Takes jobs, one from each organisation in turn, until there are none or no places. */
  private async fill(): Promise<void> {
    for (let hasTaken = true; hasTaken && this.hasPlace(); ) {
      hasTaken = false;
      for (const id of await this.db.organisations('memory.organisations_with_consolidations')) {
        if (this.hasPlace(id) && (await this.takeOne(scopeOfService(id, 'compiler')))) hasTaken = true;
      }
    }
  }

  private hasPlace(organisationId?: string): boolean {
    const placesMax = this.config.AI_MEMORY_LLM_CONCURRENCY;
    if (this.isStopping || this.running.size >= placesMax) return false;
    const theirs = [...this.running.values()].filter((id) => id === organisationId).length;
    return theirs < Math.max(1, Math.floor(placesMax / 2));
  }

  private async takeOne(scope: TenantScope): Promise<boolean> {
    const job = await this.db.run(scope, async (tx) => {
      const taken = await this.jobs.take(tx);
      if (taken) await this.calls.settleLost(tx, taken.jobId);
      return taken;
    });
    if (!job) return false;
    const working = this.work(scope, job).catch((error: unknown) => logger.error({ err: error, jobId: job.jobId }, 'A consolidation could not be recorded; its lease will run out'));
    const done = working.finally(() => this.running.delete(done));
    this.running.set(done, scope.organisationId);
    return true;
  }

  private async work(scope: TenantScope, job: TakenJob): Promise<void> {
    const renewal = setInterval(() => void this.renew(scope, job), (LEASE_SECONDS * 1_000) / 4);
    try {
      // Attempts that ended with their process count too.
      if (job.attempts > ATTEMPTS_MAX) throw new StepFailure([{ kind: 'never', reason: 'every attempt was cut off', retryAfterMs: null, mayBeCharged: true, unread: null }]);
      const reason = await this.consolidations.consolidate(scope, job);
      await this.db.run(scope, async (tx) => {
        if (await this.jobs.finish(tx, job, reason)) await this.records.dropAnswers(tx, job.jobId);
      });
    } catch (error) {
      await this.handleFailure(scope, job, error);
    } finally {
      clearInterval(renewal);
    }
  }

  private async renew(scope: TenantScope, job: TakenJob): Promise<void> {
    await this.db.run(scope, (tx) => this.jobs.renew(tx, job)).catch((error: unknown) => logger.warn({ err: error, jobId: job.jobId }, 'A lease could not be renewed'));
  }

  /** What would fail again ends here; the rest has a bounded number of attempts. The rules' page stands either way. */
  private async handleFailure(scope: TenantScope, job: TakenJob, error: unknown): Promise<void> {
    const isFinal = error instanceof StepFailure && error.kind !== 'later';
    const reason = error instanceof StepFailure ? error.reason : 'something went wrong on our side';
    if (!(error instanceof StepFailure)) logger.warn({ err: error, jobId: job.jobId }, 'A consolidation failed');
    const retryAfterMs = error instanceof StepFailure ? error.retryAfterMs : 0;
    await this.db.run(scope, async (tx) => {
      if (!isFinal && job.attempts < ATTEMPTS_MAX) return this.jobs.retryIn(tx, job, retryDelaySeconds(job.attempts, retryAfterMs), reason);
      await this.jobs.fail(tx, job, reason);
      await this.records.dropAnswers(tx, job.jobId);
    });
  }
}
