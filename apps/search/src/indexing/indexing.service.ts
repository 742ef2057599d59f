import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type CountDocuments, type ParsedInputOf, SettleHead, SettleSession, SettleSeveralSessions } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { IndexingRepository, type Source } from './indexing.repository.js';
import { IntakeService } from './intake.service.js';
import { type Batch, PullingService } from './pulling.service.js';

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
    await this.settle(scope, sessionId, await this.catchUp(scope, { type: 'observation', projectId, subjectId: sessionId }, sequence));
  }

  /** Sessions of a project, each at least up to its sequence: in one request, one transaction and one report as far as that is enough. */
  async indexSessions(scope: TenantScope, projectId: string, upTo: ReadonlyMap<string, number>): Promise<void> {
    const of = { type: 'observation', projectId } as const;
    const cursors = await this.readCursors(scope, of, [...upTo.keys()]);
    const behind = new Map(Array.from(upTo.keys(), (sessionId) => [sessionId, cursors.get(sessionId) ?? 0] as const).filter(([sessionId, after]) => after < upTo.get(sessionId)!));
    const reached = new Map([...cursors, ...(await this.takeTogether(scope, of, upTo, behind))]);
    const level = [...upTo.keys()].filter((sessionId) => (reached.get(sessionId) ?? 0) >= upTo.get(sessionId)!);
    if (level.length > 0) await this.bus.ask(scope, SettleSeveralSessions, { by: 'search', sessions: level.map((sessionId) => ({ sessionId, generation: reached.get(sessionId)! })) });
    await Promise.all(Array.from(upTo).filter(([sessionId]) => !level.includes(sessionId)).map(([sessionId, sequence]) => this.indexSession(scope, projectId, sessionId, sequence)));
  }

  /** Of a session nothing up to `upTo` is found any more. */
  async forgetSession(scope: TenantScope, projectId: string, sessionId: string, upTo: number): Promise<void> {
    await this.db.run(scope, (tx) => this.intake.forget(tx, { type: 'observation', projectId, subjectId: sessionId }, upTo));
  }

  async countDocuments(scope: TenantScope, { projectId, paths, sessionId }: ParsedInputOf<typeof CountDocuments>): Promise<number> {
    return this.db.read(scope, (tx) => this.index.countDocuments(tx, projectId, paths, sessionId));
  }

  /** Takes in what came after the cursor, at least up to `upTo`, and returns how far it got. */
  private async catchUp(scope: TenantScope, source: Source, upTo: number): Promise<number> {
    const { subjectId } = source;
    let reached = (await this.readCursors(scope, source, [subjectId])).get(subjectId) ?? 0;
    for (let isDone = reached >= upTo; !isDone; ) {
      const batch = endingAt(await this.pulling.pull(scope, source, reached), upTo);
      reached = (await this.db.derive(scope, (tx) => this.intake.take(tx, source, new Map([[subjectId, batch]])))).get(subjectId)!;
      isDone = batch.isLast && reached >= batch.position;
    }
    return reached;
  }

  /** As much of each session as one answer has: what is left is for another. */
  private async takeTogether(scope: TenantScope, of: Pick<Source, 'projectId' | 'type'>, upTo: ReadonlyMap<string, number>, behind: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    if (behind.size === 0) return new Map();
    const pulled = await this.pulling.pullSessions(scope, behind);
    const batches = new Map(Array.from(pulled, ([sessionId, batch]) => [sessionId, endingAt(batch, upTo.get(sessionId)!)]));
    return this.db.derive(scope, (tx) => this.intake.take(tx, of, batches));
  }

  private readCursors(scope: TenantScope, of: Pick<Source, 'projectId' | 'type'>, subjectIds: readonly string[]): Promise<Map<string, number>> {
    return this.db.read(scope, (tx) => this.index.readCursors(tx, of, subjectIds));
  }

  private async settle(scope: TenantScope, sessionId: string, generation: number): Promise<void> {
    await this.bus.ask(scope, SettleSession, { sessionId, by: 'search', generation });
  }
}

/** What an event told of is committed, so that at the end nothing up to it is missing, even where the last revision changed no page. */
function endingAt(batch: Batch, upTo: number): Batch {
  return batch.isLast ? { ...batch, position: Math.max(batch.position, upTo) } : batch;
}
