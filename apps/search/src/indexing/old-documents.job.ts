import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { DocumentsService } from './documents.service.js';
import { IndexingRepository } from './indexing.repository.js';

const EVERY_MS = 2_000;

/** After an update from before there were segments: puts into segments what was indexed then, and is not found until it is in one. */
@Injectable()
export class OldDocumentsJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly index: IndexingRepository, private readonly documents: DocumentsService) {
    super('old-documents', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('search.organisations_with_old_documents')) {
      const scope = scopeOfService(id, 'search');
      for (const of of await this.db.run(scope, (tx) => this.index.listOld(tx))) {
        while (!this.isStopping && (await this.db.run(scope, (tx) => this.documents.takeOld(tx, of))));
      }
    }
  }
}
