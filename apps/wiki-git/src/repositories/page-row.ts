import { PAGE_BYTES_MAX, type PageHead, PageKind, PageTier, PageTrust } from '#libs/contracts';
import { describePage, pageIdOf, type PageLink, type PageRelation } from '#libs/wiki-format';
import { z } from 'zod';
import type { PageChange } from './page-changes.js';

export const FRONTMATTER_BYTES_MAX = 64 * 1024;

/** A larger file may lie in the repository, but is no page: it would not fit the messages that carry pages. */
export const FILE_BYTES_MAX = PAGE_BYTES_MAX + FRONTMATTER_BYTES_MAX;

/** Stands in for the blob of a deleted page. */
const NO_BLOB = '0'.repeat(40);

/** A row of `wiki.pages`, without the organisation and the project. */
export interface PageRow {
  path: string;
  page_id: string;
  blob: string | null;
  commit: string;
  revision: number;
  is_deleted: boolean;
  title: string;
  kind: string;
  tier: string;
  is_pinned: boolean;
  tags: readonly string[];
  summary: string | null;
  frontmatter: Readonly<Record<string, unknown>>;
  body: string;
  bytes: number;
  author: string;
  agent: string | null;
  session_id: string | null;
  updated_at: Date;
  trust: PageTrust;
  expires_at: Date | null;
}

export interface ProjectedPage {
  readonly row: PageRow;
  readonly links: readonly PageLink[];
  readonly relations: readonly PageRelation[];
}

/** The row that follows from a change, the file's content and what is known of its sources; without content the page is gone. */
export function pageRowOf(projectId: string, change: PageChange, content: Buffer | undefined, trust: PageTrust): ProjectedPage {
  const { links, relations, tier, isPinned, expiresAt, ...page } = describePage(change.path, content ? textOf(content) : '');
  const blob = content ? change.blob : null;
  const { commit } = change;
  const row: PageRow = {
    path: change.path,
    page_id: pageIdOf(projectId, change.path, blob ?? NO_BLOB, commit.commit),
    blob,
    commit: commit.commit,
    revision: change.revision,
    is_deleted: blob === null,
    ...page,
    tier,
    is_pinned: isPinned,
    bytes: content?.length ?? 0,
    author: commit.author,
    agent: commit.agent,
    session_id: z.uuid().safeParse(commit.sessionId).data ?? null,
    updated_at: commit.committedAt,
    trust,
    expires_at: expiresAt,
  };
  return { row, links, relations };
}

export function toPageHead(projectId: string, row: Omit<PageRow, 'frontmatter' | 'body'> & { superseded_by?: string | null }): PageHead {
  return {
    projectId,
    path: row.path,
    pageId: row.page_id,
    title: row.title,
    kind: PageKind.parse(row.kind),
    tier: PageTier.parse(row.tier),
    isPinned: row.is_pinned,
    tags: [...row.tags],
    summary: row.summary,
    updatedAt: row.updated_at.toISOString(),
    author: row.author,
    agent: row.agent,
    sessionId: row.session_id,
    commit: row.commit,
    bytes: row.bytes,
    trust: PageTrust.parse(row.trust),
    expiresAt: row.expires_at?.toISOString() ?? null,
    supersededBy: row.superseded_by ?? null,
  };
}

/** Bytes that are no UTF-8 become U+FFFD, and so does NUL, which Postgres can't hold. */
function textOf(content: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content).replaceAll('\0', '\uFFFD');
}
