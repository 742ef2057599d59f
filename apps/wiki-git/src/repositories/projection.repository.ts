import { Injectable } from '@nestjs/common';
import type { PageTrust } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import type { PageLink } from '#libs/wiki-format';
import type { PageRow } from './page-row.js';

/** Columns of `wiki.pages` after the organisation and the project, with the types they have in a JSON record. */
const COLUMNS = {
  path: 'text', page_id: 'uuid', blob: 'text', commit: 'text', revision: 'bigint', is_deleted: 'boolean', title: 'text', kind: 'text', tier: 'text', is_pinned: 'boolean',
  tags: 'text[]', summary: 'text', frontmatter: 'jsonb', body: 'text', bytes: 'int', author: 'text', agent: 'text', session_id: 'uuid', updated_at: 'timestamptz', trust: 'text',
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

/** Writes what follows from git into pages and links: the only file that does. */
@Injectable()
export class ProjectionRepository {
  /** Puts versions of pages in the place of those before them, and their links too. */
  async save(tx: TenantTx, projectId: string, pages: readonly { row: PageRow; links: readonly PageLink[] }[]): Promise<void> {
    const paths = pages.map(({ row }) => row.path);
    const links = pages.flatMap(({ row, links: found }) => found.map((link, position) => ({ source_path: row.path, position, target_project: link.project, target_path: link.path })));
    await tx.query('DELETE FROM wiki.links WHERE organisation_id = $1 AND project_id = $2 AND source_path = ANY($3)', [tx.organisationId, projectId, paths]);
    await tx.query(SAVE_PAGES, [tx.organisationId, projectId, JSON.stringify(pages.map(({ row }) => row))]);
    if (links.length > 0) await tx.query(SAVE_LINKS, [tx.organisationId, projectId, JSON.stringify(links)]);
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
