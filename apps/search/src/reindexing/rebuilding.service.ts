import { Injectable } from '@nestjs/common';
import type { ReindexPhase } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { DocumentsService } from '../indexing/documents.service.js';
import type { Source } from '../indexing/indexing.repository.js';
import { EditionsService } from './editions.service.js';
import { LevellingService } from './levelling.service.js';
import { type Lease, ReindexesRepository } from './reindexes.repository.js';
import { TruthsService } from './truths.service.js';

/**
 * Builds an edition of a project's index aside, from wiki and capture, and puts it in the place of the one that answers once it
 * lacks nothing that that one has. What another process has begun it goes on with.
 */
@Injectable()
export class RebuildingService {
  constructor(
    private readonly db: TenantDb, private readonly truths: TruthsService, private readonly editions: EditionsService, private readonly levelling: LevellingService,
    private readonly documents: DocumentsService, private readonly reindexes: ReindexesRepository,
  ) {}

  /** Throws `Interrupted` where somebody is to go on, or to begin anew. */
  async run(scope: TenantScope, lease: Lease, mayGoOn: () => boolean): Promise<void> {
    const { projectId } = lease;
    const total = await this.truths.count(scope, projectId);
    const edition = await this.db.run(scope, (tx) => this.editions.open(tx, lease, total));
    const enter = (phase: ReindexPhase): Promise<void> => this.db.run(scope, (tx) => this.reindexes.enter(tx, lease, phase));
    const level = (source: Source, upTo?: number): Promise<void> => this.levelling.level(scope, lease, { ...source, edition }, upTo, mayGoOn);

    await enter('pages');
    await level({ type: 'page', projectId, subjectId: projectId });
    await enter('observations');
    for await (const { sessionId, generation } of this.truths.sessions(scope, projectId)) await level({ type: 'observation', projectId, subjectId: sessionId }, generation);
    await enter('switching');
    // Counts are then of what is there alone, as those of an index into which everything came once.
    for (const type of ['page', 'observation'] as const) await this.db.run(scope, (tx) => this.documents.dropRemoved(tx, { projectId, type, edition }));
    for (let behind = await this.switch(scope, lease, edition); behind.length > 0; behind = await this.switch(scope, lease, edition)) {
      for (const source of behind) await level(source);
    }
  }

  private switch(scope: TenantScope, lease: Lease, edition: number): Promise<Source[]> {
    return this.db.run(scope, (tx) => this.editions.switch(tx, lease, edition));
  }
}
