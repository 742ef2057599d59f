import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type CountDocuments, type ParsedInputOf, SettleHead, SettleSession } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { IndexingRepository, type Source } from './indexing.repository.js';
import { IntakeService } from './intake.service.js';
import { PullingService } from './pulling.service.js';

/** Keeps the index level with wiki and capture. An event only says that there is something to pull. */
@Injectable()
export class IndexingService {
  constructor(
    private readonly db: TenantDb, private readonly bus: Bus, private readonly index: IndexingRepository, private readonly pulling: PullingService, private readonly intake: IntakeService,
  ) {}

  async indexPages(scope: TenantScope, projectId: string, revision: number): Promise<void> {
    const reached = await this.catchUp(scope, { type: 'page', projectId, subjectId: projectId }, revision);
    await this.bus.ask(scope, SettleHead, { projectId, revision: reached });
  }

  async indexSession(scope: TenantScope, projectId: string, sessionId: string, sequence: number): Promise<void> {
    const reached = await this.catchUp(scope, { type: 'observation', projectId, subjectId: sessionId }, sequence);
    await this.bus.ask(scope, SettleSession, { sessionId, by: 'search', generation: reached });
  }

  async forgetSession(scope: TenantScope, projectId: string, sessionId: string): Promise<void> {
    await this.db.run(scope, (tx) => this.intake.forget(tx, { type: 'observation', projectId, subjectId: sessionId }));
  }

  async countDocuments(scope: TenantScope, { projectId, paths, sessionId }: ParsedInputOf<typeof CountDocuments>): Promise<number> {
    return this.db.run(scope, (tx) => this.index.countDocuments(tx, projectId, paths, sessionId));
  }

  /** Takes in what came after the cursor, at least up to `upTo`, and returns how far it got. */
  private async catchUp(scope: TenantScope, source: Source, upTo: number): Promise<number> {
    let reached = await this.db.run(scope, (tx) => this.index.readCursor(tx, source));
    for (let isDone = reached >= upTo; !isDone; ) {
      const pulled = await this.pulling.pull(scope, source, reached);
      // What the event told of is committed, so that at the end nothing up to it is missing, even where the last revision changed no page.
      const batch = pulled.isLast ? { ...pulled, position: Math.max(pulled.position, upTo) } : pulled;
      reached = await this.db.run(scope, (tx) => this.intake.take(tx, source, batch));
      isDone = batch.isLast && reached >= batch.position;
    }
    return reached;
  }
}
