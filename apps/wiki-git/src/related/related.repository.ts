import { Injectable } from '@nestjs/common';
import { LINKS_OF_PAGE_MAX, type ListLinks, type OutputOf } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import type { PageHeadRow } from '../pages/pages.repository.js';
import type { Relation } from './walk.js';

/** Of each kind, from all pages that one step starts at. */
const RELATIONS_MAX = 500;
/** A subject that more pages name says nothing about any of them. */
const SHARED_MAX = 20;

/** Tags, and the names of things that a page says it is about. */
const SUBJECTS = `tags || CASE WHEN jsonb_typeof(frontmatter->'entities') = 'array'
  THEN ARRAY(SELECT lower(entity) FROM jsonb_array_elements_text(frontmatter->'entities') AS entity LIMIT 50) ELSE '{}' END`;

@Injectable()
export class RelatedRepository {
  /** Ways from the given pages to others that are there now. */
  async relations(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Relation[]> {
    return tx.query<Relation>(
      `WITH there AS (SELECT path, session_id, ${SUBJECTS} AS subjects FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND NOT is_deleted),
       starts AS (SELECT * FROM there WHERE path = ANY ($3)),
       named AS (SELECT path, subject FROM there, unnest(subjects) AS subject WHERE subject IN (SELECT unnest(subjects) FROM starts)),
       telling AS (SELECT subject, count(*)::int AS shared FROM named GROUP BY subject HAVING count(*) <= ${SHARED_MAX})
       (SELECT l.source_path AS "from", l.target_path AS "to", 'link' AS relation, NULL AS by, 1 AS shared
        FROM wiki.links l JOIN there ON there.path = l.target_path
        WHERE l.organisation_id = $1 AND l.project_id = $2 AND l.target_project IS NULL AND l.source_path = ANY ($3) ORDER BY l.position LIMIT ${RELATIONS_MAX})
       UNION ALL
       (SELECT l.target_path, l.source_path, 'backlink', NULL, 1 FROM wiki.links l JOIN there ON there.path = l.source_path
        WHERE l.organisation_id = $1 AND l.project_id = $2 AND l.target_project IS NULL AND l.target_path = ANY ($3) ORDER BY l.source_path LIMIT ${RELATIONS_MAX})
       UNION ALL
       (SELECT s.path, o.path, 'subject', subject, shared FROM telling JOIN named s USING (subject) JOIN named o USING (subject)
        WHERE s.path = ANY ($3) AND o.path <> s.path ORDER BY shared, o.path LIMIT ${RELATIONS_MAX})
       UNION ALL
       (SELECT s.path, o.path, 'session', NULL, 1 FROM starts s JOIN there o ON o.session_id = s.session_id AND o.path <> s.path ORDER BY o.path LIMIT ${RELATIONS_MAX})`,
      [tx.organisationId, projectId, paths]);
  }

  /** By path from `after` on, each with what it links to and is there. */
  links(tx: TenantTx, projectId: string, after: string | null, limit: number): Promise<OutputOf<typeof ListLinks>['pages']> {
    return tx.query(
      `SELECT p.path, p.title, p.kind, coalesce(l.links, '{}') AS links
       FROM (SELECT path, title, kind FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND NOT is_deleted AND ($3::text IS NULL OR path > $3) ORDER BY path LIMIT $4) p
       LEFT JOIN LATERAL (SELECT array_agg(target_path ORDER BY target_path) AS links FROM (
         SELECT DISTINCT l.target_path FROM wiki.links l JOIN wiki.pages t ON t.organisation_id = $1 AND t.project_id = $2 AND t.path = l.target_path AND NOT t.is_deleted
         WHERE l.organisation_id = $1 AND l.project_id = $2 AND l.source_path = p.path AND l.target_project IS NULL AND l.target_path <> p.path ORDER BY l.target_path LIMIT ${LINKS_OF_PAGE_MAX}) AS there) l ON true
       ORDER BY p.path`, [tx.organisationId, projectId, after, limit]);
  }

  /** Those of the pages that are there now, by path. */
  async heads(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Map<string, PageHeadRow>> {
    const rows = await tx.query<PageHeadRow>(
      `SELECT project_id, path, page_id, blob, commit, revision::float8 AS revision, is_deleted, title, kind, tier, is_pinned, tags, summary, bytes, author, agent, session_id, updated_at, trust
       FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND path = ANY ($3) AND NOT is_deleted`, [tx.organisationId, projectId, paths]);
    return new Map(rows.map((row) => [row.path, row]));
  }
}
