import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { type PagePath, parsePagePath } from '#libs/wiki-format';
import { ReadThrottle } from './read-throttle.js';
import type { Readership } from './page-strength.js';

/** Who archives: deleted pages whose last commit names it are archived ones, so that they follow from git. */
export const ARCHIVIST = { name: 'ai-memory', email: 'noreply@ai-memory.invalid', agent: 'retention', sessionId: null };

export interface RetentionSettings {
  readonly isOn: boolean;
  readonly halfLifeDays: number;
}

const DEFAULTS: RetentionSettings = { isOn: true, halfLifeDays: 35 };
const OF_PROJECT = 'organisation_id = $1 AND project_id = $2';
const READ_EVERY_MS = 60_000;
const LISTED_MAX = 200;
const LOOKED_AT_MAX = 5_000;

/** Reads, what they count for, and what has been archived. */
@Injectable()
export class RetentionRepository {
  private readonly throttle = new ReadThrottle(READ_EVERY_MS);

  async settings(tx: TenantTx, projectId: string): Promise<RetentionSettings> {
    const [row] = await tx.query<RetentionSettings>(`SELECT is_on AS "isOn", half_life_days AS "halfLifeDays" FROM wiki.retention WHERE ${OF_PROJECT}`, [tx.organisationId, projectId]);
    return row ?? DEFAULTS;
  }

  async saveSettings(tx: TenantTx, projectId: string, { isOn, halfLifeDays }: RetentionSettings): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.retention (organisation_id, project_id, is_on, half_life_days) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, project_id) DO UPDATE SET is_on = excluded.is_on, half_life_days = excluded.half_life_days`, [tx.organisationId, projectId, isOn, halfLifeDays]);
  }

  /** Counts one read a minute of each person. */
  async noteRead(tx: TenantTx, projectId: string, path: string, userId: string): Promise<void> {
    if (!this.throttle.lets([tx.organisationId, projectId, path, userId].join(' '))) return;
    await tx.query(
      `INSERT INTO wiki.page_reads AS r (organisation_id, project_id, path, user_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, project_id, path, user_id) DO UPDATE SET reads = r.reads + 1, last_read_at = now() WHERE r.last_read_at < now() - interval '1 minute'`,
      [tx.organisationId, projectId, path, userId]);
  }

  /** How often a page was read, and by how many; never who they are. */
  async readership(tx: TenantTx, projectId: string, path: string): Promise<{ reads: number; readers: number; lastReadAt: Date | null }> {
    const [row] = await tx.query<{ reads: number; readers: number; lastReadAt: Date | null }>(
      `SELECT coalesce(sum(reads), 0)::int AS reads, count(*)::int AS readers, max(last_read_at) AS "lastReadAt" FROM wiki.page_reads WHERE ${OF_PROJECT} AND path = $3`, [tx.organisationId, projectId, path]);
    return row!;
  }

  /**
   * The pages that may fade and have not changed since `before`, oldest first: what was written in a session's name last and is
   * episodic, or a candidate that the rules made. Pinned pages never do, nor what a person wrote or brought by push.
   */
  async mayFade(tx: TenantTx, projectId: string, before: Date): Promise<({ path: PagePath } & Readership)[]> {
    const rows = await tx.query<{ path: string } & Readership>(
      `SELECT p.path, greatest(p.updated_at, h.reads_since) AS since, coalesce(sum(r.reads), 0)::int AS reads, count(r.user_id)::int AS readers, max(r.last_read_at) AS "lastReadAt"
       FROM wiki.pages p JOIN wiki.heads h USING (organisation_id, project_id) LEFT JOIN wiki.page_reads r USING (organisation_id, project_id, path)
       WHERE p.organisation_id = $1 AND p.project_id = $2 AND NOT p.is_deleted AND NOT p.is_pinned AND p.session_id IS NOT NULL
         AND (p.tier = 'episodic' OR (p.frontmatter->>'generated_by' = 'rules' AND p.frontmatter->>'status' = 'candidate'))
         AND greatest(p.updated_at, h.reads_since) < $3
         AND NOT EXISTS (SELECT FROM wiki.pushed_commits c WHERE c.organisation_id = $1 AND c.project_id = $2 AND c.commit = p.commit)
       GROUP BY p.path, p.updated_at, h.reads_since ORDER BY since, p.path LIMIT ${LOOKED_AT_MAX}`, [tx.organisationId, projectId, before]);
    return rows.map((row) => ({ ...row, path: parsePagePath(row.path) }));
  }

  /** The last first. */
  archived(tx: TenantTx, projectId: string): Promise<{ path: string; archivedAt: Date }[]> {
    return tx.query(
      `SELECT path, updated_at AS "archivedAt" FROM wiki.pages WHERE ${OF_PROJECT} AND is_deleted AND author = $3 AND agent = $4 ORDER BY updated_at DESC, path LIMIT ${LISTED_MAX}`,
      [tx.organisationId, projectId, ARCHIVIST.name, ARCHIVIST.agent]);
  }
}
