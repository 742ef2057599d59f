import { Injectable } from '@nestjs/common';
import type { FeedbackSignal, PageFeedback } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

const REMARKS_MAX = 5;

export interface NewFeedback {
  projectId: string;
  path: string;
  pageId: string;
  ownerId: string;
  ownerName: string;
  signal: FeedbackSignal;
  reason: string | null;
}

interface Row {
  path: string;
  page_id: string;
  helpful: number;
  not_helpful: number;
  stale: number;
  wrong: number;
  remarks: { signal: FeedbackSignal; reason: string; by: string; at: string }[] | null;
}

/** What people say of pages: the only file that touches their table. */
@Injectable()
export class FeedbackRepository {
  async put(tx: TenantTx, { projectId, path, pageId, ownerId, ownerName, signal, reason }: NewFeedback): Promise<void> {
    await tx.query(
      `INSERT INTO memory.feedback (organisation_id, project_id, path, owner_id, owner_name, page_id, signal, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organisation_id, project_id, path, owner_id) DO UPDATE
       SET owner_name = excluded.owner_name, page_id = excluded.page_id, signal = excluded.signal, reason = excluded.reason, given_at = now()`,
      [tx.organisationId, projectId, path, ownerId, ownerName, pageId, signal, reason]);
  }

  /** What was said between two times, oldest first. */
  givenBetween(tx: TenantTx, projectId: string, from: Date, until: Date, limit: number): Promise<{ path: string; signal: FeedbackSignal; reason: string | null; by: string }[]> {
    return tx.query(
      `SELECT path, signal, reason, owner_name AS by FROM memory.feedback WHERE organisation_id = $1 AND project_id = $2 AND given_at >= $3 AND given_at < $4
       ORDER BY given_at, path, owner_id LIMIT $5`, [tx.organisationId, projectId, from, until, limit]);
  }

  /** When each version of a page of the project was last called helpful, by its id. */
  async confirmations(tx: TenantTx, projectId: string): Promise<Map<string, Date>> {
    const rows = await tx.query<{ page_id: string; at: Date }>(
      `SELECT page_id, max(given_at) AS at FROM memory.feedback WHERE organisation_id = $1 AND project_id = $2 AND signal = 'helpful' GROUP BY page_id`, [tx.organisationId, projectId]);
    return new Map(rows.map(({ page_id: pageId, at }) => [pageId, at]));
  }

  async list(tx: TenantTx, projectId: string, pageIds: readonly string[] | null, limit: number): Promise<PageFeedback[]> {
    const rows = await tx.query<Row>(
      `SELECT path, page_id, count(*) FILTER (WHERE signal = 'helpful')::int AS helpful, count(*) FILTER (WHERE signal = 'not_helpful')::int AS not_helpful,
         count(*) FILTER (WHERE signal = 'stale')::int AS stale, count(*) FILTER (WHERE signal = 'wrong')::int AS wrong,
         json_agg(json_build_object('signal', signal, 'reason', reason, 'by', owner_name, 'at', to_char(given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
           ORDER BY given_at DESC) FILTER (WHERE reason IS NOT NULL) AS remarks
       FROM memory.feedback WHERE organisation_id = $1 AND project_id = $2 AND ($3::uuid[] IS NULL OR page_id = ANY ($3))
       GROUP BY path, page_id ORDER BY max(given_at) DESC, path LIMIT $4`, [tx.organisationId, projectId, pageIds, limit]);
    return rows.map(({ path, page_id: pageId, remarks, ...counts }) => ({ path, pageId, counts, remarks: (remarks ?? []).slice(0, REMARKS_MAX) }));
  }
}
