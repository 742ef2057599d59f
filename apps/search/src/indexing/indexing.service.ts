import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type CountDocuments, type ParsedInputOf, PullObservations, PullPages, SettleHead, SettleSession } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { REPORTS_FOLDER } from '#libs/wiki-format';
import { type Document, observationDocument, pageDocument } from './document.js';
import { DocumentsService } from './documents.service.js';
import { IndexingRepository, type Source } from './indexing.repository.js';

/** A page or observation as it is after `position`; null where it is gone or has nothing to find it by. */
interface Change {
  position: number;
  key: string;
  document: Document | null;
}

interface Batch {
  changes: Change[];
  /** Everything up to here is in this batch or was in one before. */
  position: number;
  isLast: boolean;
}

/** No observation can have a higher one. */
const SEQUENCE_MAX = 2_147_483_647;

type Pull = (after: number) => Promise<Batch>;

/** Keeps the index level with wiki and capture. An event only says that there is something to pull. */
@Injectable()
export class IndexingService {
  constructor(private readonly db: TenantDb, private readonly bus: Bus, private readonly index: IndexingRepository, private readonly documents: DocumentsService) {}

  async indexPages(scope: TenantScope, projectId: string, revision: number): Promise<void> {
    const source: Source = { type: 'page', projectId, subjectId: projectId };
    const reached = await this.catchUp(scope, source, revision, (after) => this.pullPages(scope, projectId, after));
    await this.bus.ask(scope, SettleHead, { projectId, revision: reached });
  }

  async indexSession(scope: TenantScope, projectId: string, sessionId: string, sequence: number): Promise<void> {
    const source: Source = { type: 'observation', projectId, subjectId: sessionId };
    const reached = await this.catchUp(scope, source, sequence, (after) => this.pullObservations(scope, sessionId, after));
    await this.bus.ask(scope, SettleSession, { sessionId, by: 'search', generation: reached });
  }

  /** Of a session nothing is found any more, and nothing is taken in: its cursor stands at the end of all that could come. */
  async forgetSession(scope: TenantScope, projectId: string, sessionId: string): Promise<void> {
    const source: Source = { type: 'observation', projectId, subjectId: sessionId };
    await this.db.run(scope, async (tx) => {
      await this.index.lockCursor(tx, source);
      const keys = await this.index.keysOfSession(tx, source);
      if (keys.length > 0) await this.documents.replace(tx, source, keys, []);
      await this.index.moveCursor(tx, source, SEQUENCE_MAX);
    });
  }

  /** No word is left in the index of what is no more. */
  async dropRemoved(scope: TenantScope, projectId: string): Promise<void> {
    for (const type of ['page', 'observation'] as const) await this.db.run(scope, (tx) => this.documents.dropRemoved(tx, { projectId, type }));
  }

  async countDocuments(scope: TenantScope, { projectId, paths, sessionId }: ParsedInputOf<typeof CountDocuments>): Promise<number> {
    return this.db.run(scope, (tx) => this.index.countDocuments(tx, projectId, paths, sessionId));
  }

  /** Takes in what came after the cursor, at least up to `upTo`, and returns how far it got. */
  private async catchUp(scope: TenantScope, source: Source, upTo: number, pull: Pull): Promise<number> {
    let reached = await this.db.run(scope, (tx) => this.index.readCursor(tx, source));
    for (let isLast = reached >= upTo; !isLast; ) {
      const batch = await pull(reached);
      isLast = batch.isLast;
      // What the event told of is committed, so that at the end nothing up to it is missing, even where the last revision changed no page.
      reached = await this.take(scope, source, isLast ? { ...batch, position: Math.max(batch.position, upTo) } : batch);
    }
    return reached;
  }

  /** Rows and cursor move together; a batch that another delivery has overtaken is not allowed to turn anything back. */
  private take(scope: TenantScope, source: Source, batch: Batch): Promise<number> {
    return this.db.run(scope, async (tx) => {
      const reached = await this.index.lockCursor(tx, source);
      if (batch.position <= reached) return reached;
      const { changes } = batch;
      if (changes.length > 0) await this.documents.replace(tx, source, changes.map((change) => change.key), changes.flatMap((change) => change.document ?? []));
      await this.index.moveCursor(tx, source, batch.position);
      return batch.position;
    });
  }

  private async pullPages(scope: TenantScope, projectId: string, after: number): Promise<Batch> {
    const { pages, nextRevision } = await this.bus.ask(scope, PullPages, { projectId, afterRevision: after });
    const changes = pages.map((page) => ({ position: page.revision, key: page.head.path, document: page.body === null || page.head.path.startsWith(REPORTS_FOLDER) ? null : pageDocument(page) }));
    return { changes, position: nextRevision ?? lastPosition(changes, after), isLast: nextRevision === null };
  }

  private async pullObservations(scope: TenantScope, sessionId: string, after: number): Promise<Batch> {
    const { observations, nextSequence, session } = await this.bus.ask(scope, PullObservations, { sessionId, afterSequence: after });
    const changes = observations.map((observation) => ({ position: observation.sequence, key: observation.observationId, document: observationDocument(sessionId, observation, session) }));
    return { changes, position: nextSequence ?? lastPosition(changes, after), isLast: nextSequence === null };
  }
}

function lastPosition(changes: readonly Change[], after: number): number {
  return Math.max(after, ...changes.map((change) => change.position));
}
