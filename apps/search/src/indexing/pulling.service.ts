import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type OutputOf, PullObservations, PullPages, PullSeveralSessions } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { REPORTS_FOLDER } from '#libs/wiki-format';
import { type Document, observationDocument, pageDocument } from './document.js';
import type { Source } from './indexing.repository.js';

/** A page or observation as it is after `position`; null where it is gone or has nothing to find it by. */
export interface Change {
  position: number;
  key: string;
  document: Document | null;
}

export interface Batch {
  /** What it was asked to come after. */
  after: number;
  /** At most some hundred kilobytes of text. */
  changes: Change[];
  /** Everything after `after` up to here is in this batch. */
  position: number;
  isLast: boolean;
  /** Pages that are there and observations, whether or not they can be found by anything. */
  documentsRead: number;
}

/** No observation can have a higher sequence: where the cursor of a purged session stands, so that nothing of it is ever taken in. */
export const SEQUENCE_MAX = 2_147_483_647;

/** Reads the truths, wiki and capture, in bounded batches by rising position. */
@Injectable()
export class PullingService {
  constructor(private readonly bus: Bus) {}

  pull(scope: TenantScope, { type, subjectId }: Source, after: number): Promise<Batch> {
    return type === 'page' ? this.pullPages(scope, subjectId, after) : this.pullObservations(scope, subjectId, after);
  }

  /** Of several sessions, each after its sequence, as much as one answer has. */
  async pullSessions(scope: TenantScope, after: ReadonlyMap<string, number>): Promise<Map<string, Batch>> {
    const { sessions } = await this.bus.ask(scope, PullSeveralSessions, { sessions: Array.from(after, ([sessionId, afterSequence]) => ({ sessionId, afterSequence })) });
    return new Map(sessions.map(({ sessionId, ...pulled }) => [sessionId, sessionBatch(sessionId, pulled, after.get(sessionId)!)]));
  }

  private async pullPages(scope: TenantScope, projectId: string, after: number): Promise<Batch> {
    const { pages, nextRevision } = await this.bus.ask(scope, PullPages, { projectId, afterRevision: after });
    const changes = pages.map((page) => ({ position: page.revision, key: page.head.path, document: page.body === null || page.head.path.startsWith(REPORTS_FOLDER) ? null : pageDocument(page) }));
    const documentsRead = pages.filter(({ body }) => body !== null).length;
    return { after, changes, position: nextRevision ?? lastPosition(changes, after), isLast: nextRevision === null, documentsRead };
  }

  private async pullObservations(scope: TenantScope, sessionId: string, after: number): Promise<Batch> {
    return sessionBatch(sessionId, await this.bus.ask(scope, PullObservations, { sessionId, afterSequence: after }), after);
  }
}

function sessionBatch(sessionId: string, { observations, nextSequence, session }: OutputOf<typeof PullObservations>, after: number): Batch {
  const changes = observations.map((observation) => ({ position: observation.sequence, key: observation.observationId, document: observationDocument(sessionId, observation, session) }));
  return { after, changes, position: nextSequence ?? lastPosition(changes, after), isLast: nextSequence === null, documentsRead: observations.length };
}

function lastPosition(changes: readonly Change[], after: number): number {
  return Math.max(after, ...changes.map((change) => change.position));
}
