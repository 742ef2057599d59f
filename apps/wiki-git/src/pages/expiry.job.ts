import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { recordedCommit } from '../repositories/recorded-commit.js';
import { type Project, RepositoriesService } from '../repositories/repositories.service.js';
import { PagesRepository } from './pages.repository.js';

const EVERY_MS = 60_000;
/** Pages that one commit removes; the next run takes the next ones. */
const BATCH = 100;
const AUTHOR = { name: 'ai-memory', email: 'noreply@ai-memory.invalid', agent: null, sessionId: null };

/** Removes pages whose time has come, by a commit: their text stays in the history. Until then no list has them. */
@Injectable()
export class ExpiryJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly pages: PagesRepository, private readonly repositories: RepositoriesService) {
    super('expiry', EVERY_MS);
  }

  /** One project that fails does not keep the others. */
  async run(): Promise<void> {
    for (const organisationId of await this.db.organisations('wiki.organisations_with_expired_pages')) {
      const scope = scopeOfService(organisationId, 'wiki-git');
      for (const project of await this.db.run(scope, (tx) => this.pages.projectsWithExpired(tx))) {
        await this.remove(scope, project).catch((error: unknown) => logger.error({ err: error, projectId: project.projectId }, 'Expired pages could not be removed'));
      }
    }
  }

  /** What is expired is asked under the lock: somebody may have given a page more time. */
  private async remove(scope: TenantScope, project: Project): Promise<void> {
    await this.repositories.alone(scope, project, async (held) => {
      const deletes = await this.pages.expired(held.tx, project.projectId, BATCH);
      if (deletes.length > 0) await recordedCommit(held, scope, project, { writes: [], deletes, message: 'Remove pages that have expired', author: AUTHOR, trusts: new Map() }, { action: 'pages.archived' });
    });
  }
}
