import { openAppDataSource, TenantDb } from '#libs/database';
import { Fault } from '#libs/faults';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { newObservationId } from '../../apps/ingest/src/sessions/observation-id.js';
import type { Document } from '../../apps/search/src/indexing/document.js';
import { DocumentsService } from '../../apps/search/src/indexing/documents.service.js';
import { IndexesRepository } from '../../apps/search/src/indexing/indexes.repository.js';
import { IndexingRepository } from '../../apps/search/src/indexing/indexing.repository.js';
import { MergingService } from '../../apps/search/src/segments/merging.service.js';
import { type DocumentSet, SegmentsRepository } from '../../apps/search/src/segments/segments.repository.js';

const BATCH = 1_000;
/** Batches on their way at a time: most of the time goes into finding the words, which takes no lock. */
const WIDTH = 3;

/** Puts observations into the index of search, by its own service but without capture and the bus: for more than anybody would capture to measure. */
export class BulkIndexing {
  private constructor(private readonly db: TenantDb, private readonly documents: DocumentsService, private readonly merging: MergingService) {}

  static async open(databaseUrl: string): Promise<BulkIndexing> {
    const segments = new SegmentsRepository();
    const merging = new MergingService(segments);
    return new BulkIndexing(new TenantDb(await openAppDataSource(databaseUrl, WIDTH + 1)), new DocumentsService(new IndexingRepository(), segments, merging), merging);
  }

  /** The documents are of sessions of a hundred. Returns once no merge is left to do. */
  async fill(organisationId: string, projectId: string, documents: number, textOf: (index: number) => string): Promise<void> {
    const [scope, of]: [ReturnType<typeof scopeOfService>, DocumentSet] = [scopeOfService(organisationId, 'search'), { projectId, type: 'observation', edition: 1 }];
    await this.db.run(scope, (tx) => new IndexesRepository().hold(tx, projectId));
    let next = 0;
    await Promise.all(Array.from({ length: WIDTH }, async () => {
      while (next < documents) {
        const from = next;
        next += BATCH;
        const batch = observations(from, Math.min(documents, next), textOf);
        await this.add(scope, of, batch);
      }
    }));
    while (await this.db.derive(scope, (tx) => this.merging.mergeNext(tx, of)));
  }

  /** One that waited too long for another's merge tries again. */
  private async add(scope: TenantScope, of: DocumentSet, batch: readonly Document[], attempts = 5): Promise<void> {
    try {
      await this.db.derive(scope, (tx) => this.documents.replace(tx, of, batch.map(({ key }) => key), batch));
    } catch (error) {
      if (attempts === 0 || !(error instanceof Fault) || error.code !== 'unavailable') throw error;
      await this.add(scope, of, batch, attempts - 1);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.documents.onApplicationShutdown(), this.merging.onApplicationShutdown()]);
    return this.db.close();
  }
}

function observations(from: number, to: number, textOf: (index: number) => string): Document[] {
  return Array.from({ length: to - from }, (_, place) => {
    const [index, at, text] = [from + place, 1.7e12 + 1_000 * (from + place), textOf(from + place)];
    // As capture gives them: keys that rise with time fill their index from one side.
    const id = newObservationId(at);
    return {
      key: id, versionId: id, sessionId: `00000000-0000-4000-8000-${String(Math.floor(index / 100)).padStart(12, '0')}`, sequence: index % 100, kind: 'user-prompt', isPinned: false, isSuperseded: false, path: null, agent: null, author: null, title: `${text.slice(0, 60)}…`, names: '',
      body: text, happenedAt: new Date(at).toISOString(),
    };
  });
}
