import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { counter, logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import { HeadsRepository } from './heads.repository.js';
import { RepositoriesService } from './repositories.service.js';
import { type RepositoryName, RepositoryStore } from './repository-store.js';

const CONCURRENT_MAX = 4;
const reconciled = counter('wiki_repositories_reconciled_total');

/** Once after each start: heals what a crash between the move of a head and the commit of its projection left behind. */
@Injectable()
export class ReconciliationJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private scan: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly db: TenantDb, private readonly heads: HeadsRepository, private readonly repositories: RepositoriesService, private readonly store: RepositoryStore) {}

  onApplicationBootstrap(): void {
    this.scan = this.run().catch((error: unknown) => logger.error({ err: error }, 'The repositories could not be compared with the database'));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.scan;
  }

  /** Compares every repository that the disk or the database knows. One that fails does not keep the others. */
  async run(): Promise<void> {
    const names = [...(await this.recorded()), ...(await this.store.list())];
    const waiting = [...new Map(names.map((name) => [`${name.organisationId} ${name.projectId}`, name])).values()];
    const work = async (): Promise<void> => {
      for (let name = waiting.pop(); name && !this.isStopped; name = waiting.pop()) await this.reconcile(name);
    };
    await Promise.all(Array.from({ length: CONCURRENT_MAX }, work));
  }

  private async recorded(): Promise<RepositoryName[]> {
    const names: RepositoryName[] = [];
    for (const organisationId of await this.db.organisations('wiki.organisations_with_repositories')) {
      const rows = await this.db.run(scopeOfService(organisationId, 'wiki-git'), (tx) => this.heads.list(tx));
      names.push(...rows.map((row) => ({ organisationId, projectId: row.project_id })));
    }
    return names;
  }

  private async reconcile({ organisationId, projectId }: RepositoryName): Promise<void> {
    try {
      const outcome = await this.repositories.reconcile(scopeOfService(organisationId, 'wiki-git'), projectId);
      reconciled.add(1, { outcome });
      if (outcome === 'reconciled') logger.info({ projectId }, 'A repository was ahead of the database and has been projected');
    } catch (error) {
      reconciled.add(1, { outcome: 'failed' });
      logger.error({ err: error, projectId }, 'A repository could not be compared with the database');
    }
  }
}
