import { Injectable } from '@nestjs/common';
import { type TenantTx, wasLongAgo } from '#libs/database';
import { Fault } from '#libs/faults';
import { REPOSITORY_BUSY } from './repositories.faults.js';

/** How long a writer of another process is waited for. */
const LOCK_TIMEOUT_MS = 3_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** The commit up to which a project's pages are projected. */
export interface HeadRow {
  project_id: string;
  project_name: string;
  head: string;
  revision: number;
}

/** The timeout is set before the lock is waited for: the outer query needs the inner one's row. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended($2, 0)) FROM (SELECT set_config('lock_timeout', $1, true) OFFSET 0) AS timeout`;

const COLUMNS = 'project_id, project_name, head, revision::float8 AS revision';

/** Heads: the only file that touches their table. */
@Injectable()
export class HeadsRepository {
  /** Makes this transaction the project's only writer until it ends, over all processes; throws REPOSITORY_BUSY after three seconds. */
  async lock(tx: TenantTx, projectId: string): Promise<HeadRow | undefined> {
    try {
      await tx.query(LOCK, [String(LOCK_TIMEOUT_MS), `wiki ${tx.organisationId} ${projectId}`]);
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
      throw new Fault(REPOSITORY_BUSY, { cause: error, retryAfterSeconds: 1 });
    }
    return this.find(tx, projectId);
  }

  /** Asked under the lock: from then on nobody else makes it so. */
  async isErased(tx: TenantTx, projectId: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM tenancy.erasures WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId])).length > 0;
  }

  async find(tx: TenantTx, projectId: string): Promise<HeadRow | undefined> {
    return (await tx.query<HeadRow>(`SELECT ${COLUMNS} FROM wiki.heads WHERE organisation_id = $1 AND project_id = $2`, [tx.organisationId, projectId]))[0];
  }

  list(tx: TenantTx): Promise<HeadRow[]> {
    return tx.query(`SELECT ${COLUMNS} FROM wiki.heads WHERE organisation_id = $1`, [tx.organisationId]);
  }

  /** By project id, those that come after one. */
  after(tx: TenantTx, projectId: string | null, limit: number): Promise<HeadRow[]> {
    return tx.query(`SELECT ${COLUMNS} FROM wiki.heads WHERE organisation_id = $1 AND ($2::uuid IS NULL OR project_id > $2) ORDER BY project_id LIMIT $3`, [tx.organisationId, projectId, limit]);
  }

  async save(tx: TenantTx, head: HeadRow): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.heads (organisation_id, project_id, project_name, head, revision) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, project_id) DO UPDATE
         SET project_name = excluded.project_name, head = excluded.head, revision = excluded.revision, announced_at = now()`,
      [tx.organisationId, head.project_id, head.project_name, head.head, head.revision],
    );
  }

  /** Never lowers the mark, so that reports may overtake each other. */
  async settle(tx: TenantTx, projectId: string, revision: number): Promise<void> {
    await tx.query(
      'UPDATE wiki.heads SET indexed_revision = greatest(indexed_revision, least($3, revision)) WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId, revision]);
  }

  /** Takes heads that nobody has reported as indexed for a while, and marks them as announced again. */
  takeUnindexed(tx: TenantTx, limit: number): Promise<HeadRow[]> {
    return tx.query(
      `UPDATE wiki.heads SET announced_at = now() WHERE organisation_id = $1 AND project_id IN (
         SELECT project_id FROM wiki.heads WHERE organisation_id = $1 AND indexed_revision < revision AND ${wasLongAgo('announced_at', 10)}
         ORDER BY announced_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`, [tx.organisationId, limit]);
  }
}
