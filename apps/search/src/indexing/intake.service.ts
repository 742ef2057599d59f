import { Injectable } from '@nestjs/common';
import { type TenantTx } from '#libs/database';
import type { DocumentSet } from '../segments/segments.repository.js';
import { DocumentsService } from './documents.service.js';
import { IndexesRepository } from './indexes.repository.js';
import { IndexingRepository, type Source, type SourceIn } from './indexing.repository.js';
import type { Batch } from './pulling.service.js';

/** What was pulled of one source of a project, by the source's id. */
export type Pulled = ReadonlyMap<string, Batch>;

/**
 * Takes batches into the editions of an index; documents and cursor of each move together. While one is built aside, what is
 * new goes into both: where the builder has come as far as the one that answers, it never falls behind again.
 */
@Injectable()
export class IntakeService {
  constructor(private readonly indexes: IndexesRepository, private readonly index: IndexingRepository, private readonly documents: DocumentsService) {}

  /** Returns how far the edition that answers is then with each. A batch that another delivery has overtaken turns nothing back. */
  async take(tx: TenantTx, { projectId, type }: Pick<Source, 'projectId' | 'type'>, pulled: Pulled): Promise<Map<string, number>> {
    const { serving, building } = await this.indexes.hold(tx, projectId);
    const reached = await this.takeInto(tx, { projectId, type, edition: serving }, pulled);
    if (building !== null) await this.takeInto(tx, { projectId, type, edition: building }, pulled);
    return reached;
  }

  /** The same for the one that is built alone; null where it is not, or no longer. */
  async takeAside(tx: TenantTx, source: SourceIn, batch: Batch): Promise<number | null> {
    const { building } = await this.indexes.hold(tx, source.projectId);
    return building === source.edition ? (await this.takeInto(tx, source, new Map([[source.subjectId, batch]]))).get(source.subjectId)! : null;
  }

  /** Of a session nothing up to `upTo` is found any more, nor taken in; what comes after it stays and comes. */
  async forget(tx: TenantTx, source: Source, upTo: number): Promise<void> {
    const { serving, building } = await this.indexes.hold(tx, source.projectId);
    for (const edition of building === null ? [serving] : [serving, building]) {
      const of = { ...source, edition };
      const reached = await this.index.lockCursors(tx, of, [source.subjectId]);
      const keys = await this.index.keysOfSession(tx, of, upTo);
      if (keys.length > 0) await this.documents.replace(tx, of, keys, []);
      if (reached.get(source.subjectId)! < upTo) await this.index.moveCursors(tx, of, new Map([[source.subjectId, upTo]]));
    }
  }

  /** What a cursor has behind it already is left out; a batch that does not begin where it stands, or before, would leave a gap. */
  private async takeInto(tx: TenantTx, of: DocumentSet, pulled: Pulled): Promise<Map<string, number>> {
    const reached = await this.index.lockCursors(tx, of, [...pulled.keys()]);
    const fitting = [...pulled].filter(([subjectId, { after, position }]) => position > reached.get(subjectId)! && after <= reached.get(subjectId)!);
    const news = fitting.flatMap(([subjectId, { changes }]) => changes.filter((change) => change.position > reached.get(subjectId)!));
    const moved = new Map(fitting.map(([subjectId, { position }]) => [subjectId, position]));
    const move = async (): Promise<void> => (moved.size > 0 ? this.index.moveCursors(tx, of, moved) : undefined);
    await (news.length > 0 ? this.documents.replace(tx, of, news.map(({ key }) => key), news.flatMap(({ document }) => document ?? []), move) : move());
    return new Map([...reached, ...moved]);
  }
}
