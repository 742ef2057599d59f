import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import { HeadsRepository } from '../repositories/heads.repository.js';
import { RetentionService } from './retention.service.js';

const EVERY_MS = 3_600_000;

/** Archives what has faded; not at the start. */
@Injectable()
export class RetentionJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly heads: HeadsRepository, private readonly retention: RetentionService) {
    super('retention', EVERY_MS);
  }

  /** One project that fails does not keep the others. */
  async run(now = new Date()): Promise<void> {
    for (const organisationId of await this.db.organisations('wiki.organisations_with_repositories')) {
      const scope = scopeOfService(organisationId, 'wiki-git');
      for (const { project_id: projectId, project_name: projectName } of await this.db.run(scope, (tx) => this.heads.list(tx))) {
        await this.retention.archive(scope, { projectId, projectName }, now).catch((error: unknown) => logger.error({ err: error, projectId }, 'Faded pages could not be archived'));
      }
    }
  }
}
