import { Injectable } from '@nestjs/common';
import type { PageKind, PageTrust } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { isBinding, type PagePath, type PageRelation, parsePagePath } from '#libs/wiki-format';
import type { PageRow } from '../repositories/page-row.js';
import type { Cursor } from './page-cursor.js';
import type { CurrentVersion } from './write-decision.js';

const BACKLINKS_MAX = 200;
const PULL_PAGES_MAX = 200;
/** What a page's head weighs in a message beside its text. */
const HEAD_BYTES = 1_024;

const HEAD_COLUMNS = `path, page_id, blob, commit, revision::float8 AS revision, is_deleted, title, kind, tier, is_pinned, tags, summary,
  bytes, author, agent, session_id, updated_at, trust, expires_at, superseded_by`;
const COLUMNS = `${HEAD_COLUMNS}, frontmatter, body`;
const OF_PROJECT = 'organisation_id = $1 AND project_id = $2';

const IS_LISTED = 'NOT is_deleted AND (expires_at IS NULL OR expires_at > now())';

export type PageHeadRow = Omit<PageRow, 'frontmatter' | 'body'> & { project_id: string; superseded_by: string | null };

export interface PageFilter {
  projectIds: readonly string[];
  order: 'recent' | 'path';
  prefix?: string | undefined;
  kinds?: readonly string[] | undefined;
  isPinned?: boolean | undefined;
  isCurrent?: boolean | undefined;
  limit: number;
  after?: Cursor | undefined;
}

/** Reads what was projected; it is written by the projection alone. */
@Injectable()
export class PagesRepository {
  /** The page that is there now. */
  async find(tx: TenantTx, projectId: string, path: string): Promise<PageRow | undefined> {
    const rows = await tx.query<PageRow>(`SELECT ${COLUMNS} FROM wiki.pages WHERE ${OF_PROJECT} AND path = $3 AND NOT is_deleted`, [tx.organisationId, projectId, path]);
    return rows[0];
  }

  /** Of the pages that are named, those that are there. */
  findAll(tx: TenantTx, pages: readonly { projectId: string; path: string }[]): Promise<PageHeadRow[]> {
    return tx.query<PageHeadRow>(
      `SELECT project_id, ${HEAD_COLUMNS} FROM wiki.pages WHERE organisation_id = $1 AND NOT is_deleted AND (project_id, path) IN (SELECT * FROM unnest($2::uuid[], $3::text[]))`,
      [tx.organisationId, pages.map(({ projectId }) => projectId), pages.map(({ path }) => path)]);
  }

  async versions(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Map<string, CurrentVersion>> {
    if (paths.length === 0) return new Map();
    const rows = await tx.query<{ path: string; page_id: string; blob: string; trust: PageTrust; kind: PageKind; is_pinned: boolean }>(
      `SELECT path, page_id, blob, trust, kind, is_pinned FROM wiki.pages WHERE ${OF_PROJECT} AND path = ANY($3) AND NOT is_deleted`, [tx.organisationId, projectId, paths]);
    return new Map(rows.map((row) => [row.path, { pageId: row.page_id, blob: row.blob, trust: row.trust, isBinding: isBinding({ ...row, isPinned: row.is_pinned }) }]));
  }

  async existing(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Set<string>> {
    return new Set((await this.versions(tx, projectId, paths)).keys());
  }

  /** Paths of pages in the same project that link to a page. */
  async backlinks(tx: TenantTx, projectId: string, path: string): Promise<string[]> {
    const rows = await tx.query<{ source_path: string }>(
      `SELECT DISTINCT source_path FROM wiki.links WHERE ${OF_PROJECT} AND target_project IS NULL AND target_path = $3 AND source_path <> $3
       ORDER BY source_path LIMIT $4`, [tx.organisationId, projectId, path, BACKLINKS_MAX]);
    return rows.map((row) => row.source_path);
  }

  /** What other pages of the project say they are to a page. */
  relatedBy(tx: TenantTx, projectId: string, path: string): Promise<{ type: PageRelation['type']; path: string }[]> {
    return tx.query(
      `SELECT type, source_path AS path FROM wiki.relations WHERE ${OF_PROJECT} AND target_path = $3 ORDER BY type, source_path LIMIT $4`, [tx.organisationId, projectId, path, BACKLINKS_MAX]);
  }

  async projectsWithExpired(tx: TenantTx): Promise<{ projectId: string; projectName: string }[]> {
    return tx.query(
      `SELECT project_id AS "projectId", project_name AS "projectName" FROM wiki.heads AS h WHERE organisation_id = $1
         AND EXISTS (SELECT FROM wiki.pages AS p WHERE p.organisation_id = $1 AND p.project_id = h.project_id AND p.expires_at <= now() AND NOT p.is_deleted)`, [tx.organisationId]);
  }

  async expired(tx: TenantTx, projectId: string, limit: number): Promise<PagePath[]> {
    const rows = await tx.query<{ path: string }>(`SELECT path FROM wiki.pages WHERE ${OF_PROJECT} AND expires_at <= now() AND NOT is_deleted ORDER BY expires_at LIMIT $3`, [tx.organisationId, projectId, limit]);
    return rows.map(({ path }) => parsePagePath(path));
  }

  /** At most `limit` pages after the cursor. Only the given projects are looked at. */
  list(tx: TenantTx, filter: PageFilter): Promise<PageHeadRow[]> {
    const { order, after } = filter;
    const key = order === 'path' ? '(path, project_id)' : '(updated_at, revision, project_id)';
    const keyOfCursor = after?.order === 'path' ? [after.path, after.projectId] : after && [after.updatedAt, after.revision, after.projectId];
    const isAfter = keyOfCursor ? `${key} ${order === 'path' ? '>' : '<'} (${keyOfCursor.map((_part, index) => `$${index + 8}`).join(', ')})` : 'true';
    return tx.query<PageHeadRow>(
      `SELECT project_id, ${HEAD_COLUMNS} FROM wiki.pages
       WHERE organisation_id = $1 AND project_id = ANY($2::uuid[]) AND ${IS_LISTED} AND ${isAfter}
         AND ($3::text IS NULL OR starts_with(path, $3)) AND ($4::text[] IS NULL OR kind = ANY($4)) AND ($5::boolean IS NULL OR is_pinned = $5) AND (NOT $7 OR superseded_by IS NULL)
       ORDER BY ${order === 'path' ? 'path, project_id' : 'updated_at DESC, revision DESC, project_id DESC'} LIMIT $6`,
      [tx.organisationId, filter.projectIds, filter.prefix ?? null, filter.kinds ?? null, filter.isPinned ?? null, filter.limit, filter.isCurrent ?? false, ...(keyOfCursor ?? [])],
    );
  }

  async count(tx: TenantTx, projectId: string): Promise<{ byKind: Record<string, number>; lastWrittenAt: Date | null }> {
    const kinds = await tx.query<{ kind: string; pages: number }>(
      `SELECT kind, count(*)::int AS pages FROM wiki.pages WHERE ${OF_PROJECT} AND ${IS_LISTED} GROUP BY kind ORDER BY kind`, [tx.organisationId, projectId]);
    const [last] = await tx.query<{ at: Date | null }>(`SELECT max(updated_at) AS at FROM wiki.pages WHERE ${OF_PROJECT}`, [tx.organisationId, projectId]);
    return { byKind: Object.fromEntries(kinds.map(({ kind, pages }) => [kind, pages])), lastWrittenAt: last?.at ?? null };
  }

  /** Of all projects. */
  async stored(tx: TenantTx): Promise<{ rows: number; bytes: number }> {
    const [row] = await tx.query<{ rows: number; bytes: number }>(
      'SELECT count(*)::float8 AS rows, coalesce(sum(bytes), 0)::float8 AS bytes FROM wiki.pages WHERE organisation_id = $1 AND NOT is_deleted', [tx.organisationId]);
    return row!;
  }

  /** Versions after a revision, oldest first, deleted ones too, together at most `bytesMax` large, but at least one. */
  pull(tx: TenantTx, projectId: string, afterRevision: number, bytesMax: number): Promise<PageRow[]> {
    return tx.query<PageRow>(
      `SELECT ${COLUMNS} FROM (
         SELECT *, row_number() OVER in_order AS place, sum(bytes + ${HEAD_BYTES}) OVER in_order AS total
         FROM wiki.pages WHERE ${OF_PROJECT} AND revision > $3 WINDOW in_order AS (ORDER BY revision) ORDER BY revision LIMIT ${PULL_PAGES_MAX}
       ) AS pages WHERE place = 1 OR total <= $4 ORDER BY pages.revision`,
      [tx.organisationId, projectId, afterRevision, bytesMax],
    );
  }

  /** The highest revision of a project's pages; 0 where there are none. */
  async lastRevision(tx: TenantTx, projectId: string): Promise<number> {
    const [last] = await tx.query<{ revision: number }>(`SELECT coalesce(max(revision), 0)::float8 AS revision FROM wiki.pages WHERE ${OF_PROJECT}`, [tx.organisationId, projectId]);
    return last!.revision;
  }
}
