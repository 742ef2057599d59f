import { Inject, Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import { REPORTS_CONFIG, type ReportsConfig } from './reports.config.js';
import { ReportsService } from './reports.service.js';

const EVERY_MS = 5_000;
/** Of one organisation in a row, before the next has its turn. */
const IN_A_ROW_MAX = 20;

/** Writes the reports that are due, one at a time. */
@Injectable()
export class ReportsJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly reports: ReportsService, @Inject(REPORTS_CONFIG) private readonly config: ReportsConfig) {
    super('reports', EVERY_MS);
  }

  override onApplicationBootstrap(): void {
    if (this.config.AI_MEMORY_REPORT_HOUR !== 'off') super.onApplicationBootstrap();
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('memory.organisations_with_due_reports')) await this.writeDue(id);
  }

  /** A report that fails is taken again when its lease has run out; it holds up no other organisation's. */
  private async writeDue(organisationId: string): Promise<void> {
    const hour = this.config.AI_MEMORY_REPORT_HOUR as number;
    try {
      for (let written = 0; written < IN_A_ROW_MAX && !this.isStopping; written += 1) {
        if (!(await this.reports.writeNext(scopeOfService(organisationId, 'compiler'), new Date(), hour))) return;
      }
    } catch (error) {
      logger.warn({ err: error }, 'A daily report could not be written and will be tried again');
    }
  }
}
