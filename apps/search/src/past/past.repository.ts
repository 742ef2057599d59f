import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import type { PastDocument } from './past-documents.js';

/** Asks the one predicate on rows about documents that have none. */
@Injectable()
export class PastRepository {
  /** Those that pass what the query asks. */
  async admitted(tx: TenantTx, filter: RowFilter | null, documents: readonly PastDocument[], agents: ReadonlyMap<string, string | null>): Promise<PastDocument[]> {
    if (filter === null || documents.length === 0) return [...documents];
    const rows = documents.map((document, place) => ({
      number: place, kind: document.kind, agent: agents.get(document.key) ?? null, author: document.author, path: document.key, happened_at: document.updatedAt, title: document.title, body: document.body,
    }));
    const passed = await tx.query<{ place: number }>(
      `SELECT d.number::int AS place FROM jsonb_populate_recordset(NULL::search.documents, $1::jsonb) AS d WHERE search.admits(d, jsonb_populate_record(NULL::search.filter, $2::jsonb))`, [JSON.stringify(rows), filter]);
    return passed.map(({ place }) => documents[place]!);
  }
}
