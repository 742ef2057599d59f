import { Injectable } from '@nestjs/common';
import { type TenantTx } from '#libs/database';
import { DocumentsService } from './documents.service.js';
import { IndexesRepository } from './indexes.repository.js';
import { IndexingRepository, type Source, type SourceIn } from './indexing.repository.js';
import { type Batch, SEQUENCE_MAX } from './pulling.service.js';

/**
 * Takes batches into the editions of an index; documents and cursor of each move together. While one is built aside, what is
 * new goes into both: where the builder has come as far as the one that answers, it never falls behind again.
 */
@Injectable()
export class IntakeService {
  constructor(private readonly indexes: IndexesRepository, private readonly index: IndexingRepository, private readonly documents: DocumentsService) {}

  /** Returns how far the edition that answers is then. A batch that another delivery has overtaken turns nothing back. */
  async take(tx: TenantTx, source: Source, batch: Batch): Promise<number> {
    const { serving, building } = await this.indexes.hold(tx, source.projectId);
    const reached = await this.takeInto(tx, { ...source, edition: serving }, batch);
    if (building !== null) await this.takeInto(tx, { ...source, edition: building }, batch);
    return reached;
  }

  /** The same for the one that is built alone; null where it is not, or no longer. */
  async takeAside(tx: TenantTx, source: SourceIn, batch: Batch): Promise<number | null> {
    const { building } = await this.indexes.hold(tx, source.projectId);
    return building === source.edition ? this.takeInto(tx, source, batch) : null;
  }

  /** Of a session nothing is found any more, and nothing is taken in: its cursors stand at the end of all that could come. */
  async forget(tx: TenantTx, source: Source): Promise<void> {
    const { serving, building } = await this.indexes.hold(tx, source.projectId);
    for (const edition of building === null ? [serving] : [serving, building]) {
      const of = { ...source, edition };
      await this.index.lockCursor(tx, of);
      const keys = await this.index.keysOfSession(tx, of);
      if (keys.length > 0) await this.documents.replace(tx, of, keys, []);
      await this.index.moveCursor(tx, of, SEQUENCE_MAX);
    }
  }

  /** What the cursor has behind it already is left out; a batch that does not begin where it stands, or before, would leave a gap. */
  private async takeInto(tx: TenantTx, of: SourceIn, { after, changes, position }: Batch): Promise<number> {
    const reached = await this.index.lockCursor(tx, of);
    if (position <= reached || after > reached) return reached;
    const news = changes.filter((change) => change.position > reached);
    if (news.length > 0) await this.documents.replace(tx, of, news.map(({ key }) => key), news.flatMap(({ document }) => document ?? []));
    await this.index.moveCursor(tx, of, position);
    return position;
  }
}
