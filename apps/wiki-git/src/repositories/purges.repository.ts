import { Injectable } from '@nestjs/common';
import { hasCome, type TenantTx, wasLongAgo } from '#libs/database';

export interface PurgeRow {
  purge_id: string;
  project_id: string;
  project_name: string;
  /** Null where it is a session's, or done. */
  path: string | null;
  session_id: string | null;
  /** Who is to be named nowhere; null where it is a page's or a session's. */
  user_id: string | null;
  /** Null once it is done. */
  person_name: string | null;
  person_email: string | null;
  paths: string[];
  begun_by: string;
  begun_at: Date;
  /** Null until the history is rewritten. */
  revision: number | null;
  settled: string[];
}

export type NewPurge = Omit<PurgeRow, 'begun_at' | 'revision' | 'settled'>;

const COLUMNS = 'purge_id, project_id, project_name, path, session_id, user_id, person_name, person_email, paths, begun_by, begun_at, revision::float8 AS revision, settled';
const RETRY_SECONDS = 20;
const LISTED_MAX = 100;
const OPEN = 'cardinality(settled) < 4';

/** What is to be gone, and the names of the texts, and of commits, that are: the only file that touches their tables. */
@Injectable()
export class PurgesRepository {
  async insert(tx: TenantTx, purge: NewPurge): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.purges (organisation_id, purge_id, project_id, project_name, path, session_id, paths, begun_by, user_id, person_name, person_email)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [tx.organisationId, purge.purge_id, purge.project_id, purge.project_name, purge.path, purge.session_id, purge.paths, purge.begun_by, purge.user_id, purge.person_name, purge.person_email]);
  }

  list(tx: TenantTx): Promise<PurgeRow[]> {
    return tx.query(`SELECT ${COLUMNS} FROM wiki.purges WHERE organisation_id = $1 ORDER BY begun_at DESC, purge_id LIMIT ${LISTED_MAX}`, [tx.organisationId]);
  }

  async find(tx: TenantTx, purgeId: string): Promise<PurgeRow | undefined> {
    return (await tx.query<PurgeRow>(`SELECT ${COLUMNS} FROM wiki.purges WHERE organisation_id = $1 AND purge_id = $2`, [tx.organisationId, purgeId]))[0];
  }

  /** A session is purged once. */
  async openOfSession(tx: TenantTx, sessionId: string): Promise<PurgeRow | undefined> {
    return (await tx.query<PurgeRow>(`SELECT ${COLUMNS} FROM wiki.purges WHERE organisation_id = $1 AND session_id = $2 AND ${OPEN} LIMIT 1`, [tx.organisationId, sessionId]))[0];
  }

  async countOpenOfUser(tx: TenantTx, userId: string): Promise<number> {
    return (await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM wiki.purges WHERE organisation_id = $1 AND user_id = $2 AND ${OPEN}`, [tx.organisationId, userId]))[0]!.count;
  }

  /** Those of which wiki-git itself still holds something and that are due, the oldest first. */
  unfinished(tx: TenantTx): Promise<PurgeRow[]> {
    return tx.query(`SELECT ${COLUMNS} FROM wiki.purges WHERE organisation_id = $1 AND ${OPEN} AND NOT 'wiki-git' = ANY (settled) AND ${hasCome('announced_at', RETRY_SECONDS)} ORDER BY begun_at, purge_id`, [tx.organisationId]);
  }

  /** Takes those that others have not settled for a while, and marks them as announced again. */
  takeUnsettled(tx: TenantTx): Promise<PurgeRow[]> {
    return tx.query(
      `UPDATE wiki.purges SET announced_at = now() WHERE organisation_id = $1 AND ${OPEN} AND revision IS NOT NULL AND ${wasLongAgo('announced_at', 10)} RETURNING ${COLUMNS}`, [tx.organisationId]);
  }

  /** Not to be tried again at once. */
  async postpone(tx: TenantTx, purgeId: string): Promise<void> {
    await tx.query(`UPDATE wiki.purges SET announced_at = now() + interval '${RETRY_SECONDS} seconds' WHERE organisation_id = $1 AND purge_id = $2`, [tx.organisationId, purgeId]);
  }

  async saveRewritten(tx: TenantTx, purgeId: string, revision: number): Promise<void> {
    await tx.query('UPDATE wiki.purges SET revision = $3, announced_at = now() WHERE organisation_id = $1 AND purge_id = $2', [tx.organisationId, purgeId, revision]);
  }

  /** With the last of them the marks of the pages go, who read them, and their paths. */
  async settle(tx: TenantTx, purgeId: string, by: string): Promise<void> {
    const of = [tx.organisationId, purgeId];
    await tx.query('UPDATE wiki.purges SET settled = array_append(settled, $3) WHERE organisation_id = $1 AND purge_id = $2 AND NOT $3 = ANY (settled)', [...of, by]);
    await tx.query(
      `DELETE FROM wiki.pages AS page USING wiki.purges AS purge WHERE purge.organisation_id = $1 AND purge.purge_id = $2 AND NOT ${OPEN}
         AND page.organisation_id = $1 AND page.project_id = purge.project_id AND page.path = ANY (purge.paths) AND page.is_deleted`, of);
    await tx.query(
      `DELETE FROM wiki.page_reads AS page USING wiki.purges AS purge WHERE purge.organisation_id = $1 AND purge.purge_id = $2 AND NOT ${OPEN}
         AND page.organisation_id = $1 AND page.project_id = purge.project_id AND page.path = ANY (purge.paths)`, of);
    await tx.query(`UPDATE wiki.purges SET path = NULL, paths = '{}', person_name = NULL, person_email = NULL WHERE organisation_id = $1 AND purge_id = $2 AND NOT ${OPEN}`, of);
  }

  /** What waits, or waited, for a person: of the page, or by the session. */
  async dropProposals(tx: TenantTx, { project_id: projectId, path, session_id: sessionId }: PurgeRow): Promise<void> {
    await tx.query('DELETE FROM wiki.proposals WHERE organisation_id = $1 AND ((project_id = $2 AND path = $3) OR session_id = $4)', [tx.organisationId, projectId, path, sessionId]);
  }

  async saveBlobs(tx: TenantTx, projectId: string, blobs: readonly string[]): Promise<void> {
    await tx.query('INSERT INTO wiki.purged_blobs (organisation_id, project_id, blob) SELECT $1, $2, blob FROM unnest($3::text[]) AS blob ON CONFLICT DO NOTHING', [tx.organisationId, projectId, blobs]);
  }

  async blobs(tx: TenantTx, projectId: string): Promise<string[]> {
    const rows = await tx.query<{ blob: string }>('SELECT blob FROM wiki.purged_blobs WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId]);
    return rows.map(({ blob }) => blob);
  }

  /** Those of the given blobs that were purged. */
  async purgedAmong(tx: TenantTx, projectId: string, blobs: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ blob: string }>('SELECT blob FROM wiki.purged_blobs WHERE organisation_id = $1 AND project_id = $2 AND blob = ANY ($3)', [tx.organisationId, projectId, blobs]);
    return new Set(rows.map(({ blob }) => blob));
  }

  /** Those of the given sessions that were purged. */
  async purgedSessions(tx: TenantTx, sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ session_id: string }>('SELECT session_id FROM wiki.purges WHERE organisation_id = $1 AND session_id = ANY ($2::uuid[])', [tx.organisationId, sessionIds]);
    return new Set(rows.map((row) => row.session_id));
  }
}
