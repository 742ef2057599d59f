import { Injectable } from '@nestjs/common';
import type { CountPages, FindPages, ListPages, OutputOf, Page, PageHead, ParsedInputOf, PullPages, ReadPage } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { isPagePath, linksOf, linkText, type PagePath, parsePagePath, relationsOf } from '#libs/wiki-format';
import { HeadsRepository } from '../repositories/heads.repository.js';
import { type PageRow, toPageHead } from '../repositories/page-row.js';
import { RetentionRepository } from '../retention/retention.repository.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';
import { PageHistoryService } from './page-history.service.js';
import { type PageHeadRow, PagesRepository } from './pages.repository.js';

/** Answers about pages as they are projected, and as they were. */
@Injectable()
export class PagesService {
  constructor(
    private readonly db: TenantDb, private readonly pages: PagesRepository, private readonly heads: HeadsRepository, private readonly history: PageHistoryService, private readonly retention: RetentionRepository,
  ) {}

  /** Throws NOT_FOUND where the page is not, was not then, or is another organisation's. */
  async read(scope: TenantScope, { projectId, path: rawPath, at, asOf }: ParsedInputOf<typeof ReadPage>): Promise<Page> {
    const path = parsePagePath(rawPath);
    const isPast = at !== undefined || asOf !== undefined;
    const past = isPast ? await this.history.versionAt(scope, projectId, path, at, asOf) : undefined;
    return this.db.run(scope, async (tx) => {
      const row = !isPast ? await this.pages.find(tx, projectId, path) : past;
      if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such page.' });
      const page = await this.withLinks(tx, projectId, path, row);
      if (isPast) return page;
      const reader = userOf(scope);
      if (reader) await this.retention.noteRead(tx, projectId, path, reader.userId);
      const { lastReadAt, ...counts } = await this.retention.readership(tx, projectId, path);
      return { ...page, readership: { ...counts, lastReadAt: lastReadAt?.toISOString() ?? null } };
    });
  }

  /** No page has a path that is none. */
  async find(scope: TenantScope, pages: ParsedInputOf<typeof FindPages>['pages']): Promise<PageHead[]> {
    const rows = await this.db.read(scope, (tx) => this.pages.findAll(tx, pages.filter(({ path }) => isPagePath(path))));
    return rows.map((row) => toPageHead(row.project_id, row));
  }

  async list(scope: TenantScope, input: ParsedInputOf<typeof ListPages>): Promise<OutputOf<typeof ListPages>> {
    const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, input.order);
    // No page has such a path; and not every such text can be asked of Postgres.
    if (/[^a-z0-9._/-]/.test(input.prefix ?? '')) return { pages: [], nextCursor: null };
    const rows = await this.db.read(scope, (tx) => this.pages.list(tx, { ...input, after, limit: input.limit + 1 }));
    const shown = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? shown.at(-1) : undefined;
    return { pages: shown.map((row) => toPageHead(row.project_id, row)), nextCursor: last ? cursorAt(last, input.order) : null };
  }

  stored(scope: TenantScope): Promise<{ rows: number; bytes: number }> {
    return this.db.run(scope, (tx) => this.pages.stored(tx));
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountPages>> {
    return this.db.run(scope, async (tx) => {
      const { byKind, lastWrittenAt } = await this.pages.count(tx, projectId);
      const head = await this.heads.find(tx, projectId);
      const pages = Object.values(byKind).reduce((sum, count) => sum + count, 0);
      return { pages, byKind, head: head?.head ?? null, lastWrittenAt: lastWrittenAt?.toISOString() ?? null };
    });
  }

  async pull(scope: TenantScope, { projectId, afterRevision, bytesMax }: ParsedInputOf<typeof PullPages>): Promise<OutputOf<typeof PullPages>> {
    return this.db.run(scope, async (tx) => {
      const lastRevision = await this.pages.lastRevision(tx, projectId);
      const rows = await this.pages.pull(tx, projectId, afterRevision, bytesMax);
      const reached = rows.at(-1)?.revision ?? lastRevision;
      return {
        pages: rows.map((row) => ({ revision: row.revision, head: toPageHead(projectId, row), body: row.is_deleted ? null : row.body, frontmatter: row.frontmatter })),
        nextRevision: reached < lastRevision ? reached : null,
      };
    });
  }

  /** Whether a page of another project exists is not told: the reader may not be allowed to know. */
  private async withLinks(tx: TenantTx, projectId: string, path: PagePath, row: PageRow): Promise<Page> {
    const links = linksOf(path, row.body);
    const existing = await this.pages.existing(tx, projectId, links.filter((link) => link.project === null).map((link) => link.path));
    return {
      ...toPageHead(projectId, row),
      body: row.body,
      frontmatter: row.frontmatter,
      links: links.map((link) => ({ target: linkText(link), isBroken: link.project === null && !existing.has(link.path) })),
      backlinks: await this.pages.backlinks(tx, projectId, path),
      relations: relationsOf(path, row.frontmatter),
      relatedBy: await this.pages.relatedBy(tx, projectId, path),
    };
  }
}

function cursorAt(row: PageHeadRow, order: 'recent' | 'path'): string {
  return order === 'path'
    ? encodeCursor({ order, path: row.path, projectId: row.project_id })
    : encodeCursor({ order, updatedAt: row.updated_at.toISOString(), revision: row.revision, projectId: row.project_id });
}
