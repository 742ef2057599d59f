import { Injectable } from '@nestjs/common';
import type { PageTrust } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { lastSuccessors, type Succession } from '#libs/wiki-format';
import type { PageRow, ProjectedPage } from './page-row.js';

/** Columns of `wiki.pages` after the organisation and the project, with the types they have in a JSON record. */
const COLUMNS = {
  path: 'text', page_id: 'uuid', blob: 'text', commit: 'text', revision: 'bigint', is_deleted: 'boolean', title: 'text', kind: 'text', tier: 'text', is_pinned: 'boolean',
  tags: 'text[]', summary: 'text', frontmatter: 'jsonb', body: 'text', bytes: 'int', author: 'text', agent: 'text', session_id: 'uuid', updated_at: 'timestamptz', trust: 'text', expires_at: 'timestamptz',
} as const satisfies Record<keyof PageRow, string>;

const NAMES = Object.keys(COLUMNS);

const SAVE_PAGES = `
  INSERT INTO wiki.pages (organisation_id, project_id, ${NAMES.join(', ')})
  SELECT $1, $2, ${NAMES.map((name) => `r.${name}`).join(', ')}
  FROM jsonb_to_recordset($3::jsonb) AS r(${Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`).join(', ')})
  ON CONFLICT (organisation_id, project_id, path) DO UPDATE SET ${NAMES.slice(1).map((name) => `${name} = excluded.${name}`).join(', ')}`;

const SAVE_LINKS = `
  INSERT INTO wiki.links (organisation_id, project_id, source_path, position, target_project, target_path)
  SELECT $1, $2, r.source_path, r.position, r.target_project, r.target_path
  FROM jsonb_to_recordset($3::jsonb) AS r(source_path text, position int, target_project text, target_path text)`;

const SAVE_RELATIONS = `
  INSERT INTO wiki.relations (organisation_id, project_id, source_path, type, target_path)
  SELECT $1, $2, r.source_path, r.type, r.target_path FROM jsonb_to_recordset($3::jsonb) AS r(source_path text, type text, target_path text)`;

/** Between pages that are both there. */
const SUCCESSIONS = `
  SELECT CASE type WHEN 'supersedes' THEN target_path ELSE source_path END AS older, CASE type WHEN 'supersedes' THEN source_path ELSE target_path END AS newer
  FROM wiki.relations AS r
  JOIN wiki.pages AS s ON s.organisation_id = $1 AND s.project_id = $2 AND s.path = r.source_path AND NOT s.is_deleted
  JOIN wiki.pages AS t ON t.organisation_id = $1 AND t.project_id = $2 AND t.path = r.target_path AND NOT t.is_deleted
  WHERE r.organisation_id = $1 AND r.project_id = $2 AND r.type IN ('supersedes', 'superseded_by')`;

/** `$3` has the last successor by path; pages that are not in it have none any more. */
const SAVE_SUCCESSORS = `
  UPDATE wiki.pages SET superseded_by = $3::jsonb->>path
  WHERE organisation_id = $1 AND project_id = $2 AND (superseded_by IS NOT NULL OR path = ANY ($4)) AND superseded_by IS DISTINCT FROM $3::jsonb->>path`;

/** Writes what follows from git into pages, links and relations: the only file that does. */
@Injectable()
export class ProjectionRepository {
  /** Puts versions of pages in the place of those before them, and their links and relations too. */
  async save(tx: TenantTx, projectId: string, pages: readonly ProjectedPage[]): Promise<void> {
    const paths = pages.map(({ row }) => row.path);
    const links = pages.flatMap(({ row, links: found }) => found.map((link, position) => ({ source_path: row.path, position, target_project: link.project, target_path: link.path })));
    await tx.query('DELETE FROM wiki.links WHERE organisation_id = $1 AND project_id = $2 AND source_path = ANY($3)', [tx.organisationId, projectId, paths]);
    await tx.query(SAVE_PAGES, [tx.organisationId, projectId, JSON.stringify(pages.map(({ row }) => row))]);
    if (links.length > 0) await tx.query(SAVE_LINKS, [tx.organisationId, projectId, JSON.stringify(links)]);
    await this.saveRelations(tx, projectId, pages);
  }

  /** Brings up to date which pages are superseded; once all changes are saved. */
  async saveSuccessors(tx: TenantTx, projectId: string): Promise<void> {
    const last = lastSuccessors(await tx.query<Succession>(SUCCESSIONS, [tx.organisationId, projectId]));
    await tx.query(SAVE_SUCCESSORS, [tx.organisationId, projectId, JSON.stringify(Object.fromEntries(last)), [...last.keys()]]);
  }

  /** Takes everything away that was projected of a project. Returns the paths that there were, also of deleted pages. */
  async forget(tx: TenantTx, projectId: string): Promise<string[]> {
    await tx.query('DELETE FROM wiki.relations WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId]);
    await tx.query('DELETE FROM wiki.links WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId]);
    const rows = await tx.query<{ path: string }>('DELETE FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 RETURNING path', [tx.organisationId, projectId]);
    return rows.map(({ path }) => path);
  }

  private async saveRelations(tx: TenantTx, projectId: string, pages: readonly ProjectedPage[]): Promise<void> {
    const relations = pages.flatMap(({ row, relations: found }) => found.map(({ type, path }) => ({ source_path: row.path, type, target_path: path })));
    await tx.query('DELETE FROM wiki.relations WHERE organisation_id = $1 AND project_id = $2 AND source_path = ANY($3)', [tx.organisationId, projectId, pages.map(({ row }) => row.path)]);
    if (relations.length > 0) await tx.query(SAVE_RELATIONS, [tx.organisationId, projectId, JSON.stringify(relations)]);
  }

  /** What is known of pages that are there, by path. */
  async trusts(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Map<string, { blob: string; trust: PageTrust }>> {
    const rows = await tx.query<{ path: string; blob: string; trust: PageTrust }>(
      'SELECT path, blob, trust FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND path = ANY($3) AND NOT is_deleted', [tx.organisationId, projectId, paths]);
    return new Map(rows.map(({ path, ...known }) => [path, known]));
  }

  /** The blobs of the pages that are there, by path. */
  async blobs(tx: TenantTx, projectId: string): Promise<Map<string, string>> {
    const rows = await tx.query<{ path: string; blob: string }>(
      'SELECT path, blob FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND NOT is_deleted', [tx.organisationId, projectId]);
    return new Map(rows.map(({ path, blob }) => [path, blob]));
  }
}
