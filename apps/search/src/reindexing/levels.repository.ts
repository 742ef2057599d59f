import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Source, SourceIn } from '../indexing/indexing.repository.js';
import { SEQUENCE_MAX } from '../indexing/pulling.service.js';

/** How far a source is taken in. */
export interface Level {
  aside: number;
  serving: number;
}

const BEHIND_MAX = 100;

/** How far the edition that is being built is behind the one that answers. */
@Injectable()
export class LevelsRepository {
  /** What was purged for good stays so. */
  async copyPurged(tx: TenantTx, projectId: string, serving: number, edition: number): Promise<void> {
    await tx.query(
      `INSERT INTO search.cursors (organisation_id, project_id, type, subject_id, edition, position)
       SELECT organisation_id, project_id, type, subject_id, $4, position FROM search.cursors
       WHERE organisation_id = $1 AND project_id = $2 AND edition = $3 AND type = 'observation' AND position = $5`, [tx.organisationId, projectId, serving, edition, SEQUENCE_MAX]);
  }

  async find(tx: TenantTx, { projectId, type, subjectId, edition }: SourceIn): Promise<Level> {
    const [row] = await tx.query<Level>(
      `SELECT coalesce(max(c.position) FILTER (WHERE c.edition = $4), 0)::float8 AS aside, coalesce(max(c.position) FILTER (WHERE c.edition = i.serving), 0)::float8 AS serving
       FROM search.cursors c JOIN search.indexes i ON i.organisation_id = $1 AND i.project_id = $5 WHERE c.organisation_id = $1 AND c.type = $2 AND c.subject_id = $3`,
      [tx.organisationId, type, subjectId, edition, projectId]);
    return row!;
  }

  /** Some of the sources of which the edition lacks what the one that answers has. */
  async behind(tx: TenantTx, projectId: string, serving: number, edition: number): Promise<Source[]> {
    return tx.query<Source>(
      `SELECT s.project_id AS "projectId", s.type, s.subject_id AS "subjectId" FROM search.cursors s
       LEFT JOIN search.cursors b ON b.organisation_id = $1 AND b.type = s.type AND b.subject_id = s.subject_id AND b.edition = $4
       WHERE s.organisation_id = $1 AND s.project_id = $2 AND s.edition = $3 AND s.position > coalesce(b.position, 0) LIMIT ${BEHIND_MAX}`,
      [tx.organisationId, projectId, serving, edition]);
  }
}
