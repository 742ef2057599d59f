import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Push } from './reflog.js';

/** Who pushed which commits. */
@Injectable()
export class PushedCommitsRepository {
  /** A commit that was pushed before stays whose it was. */
  async save(tx: TenantTx, projectId: string, commits: readonly string[], { userId, name, email, pushedAt }: Push): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.pushed_commits (organisation_id, project_id, commit, user_id, name, email, pushed_at)
       SELECT $1, $2, commit, $4, $5, $6, $7 FROM unnest($3::text[]) AS commit ON CONFLICT DO NOTHING`,
      [tx.organisationId, projectId, commits, userId, name, email, pushedAt]);
  }

  async forget(tx: TenantTx, projectId: string): Promise<void> {
    await tx.query('DELETE FROM wiki.pushed_commits WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId]);
  }

  /** The commits that a user pushed, the newest ones first, at most `limit`. */
  async pushedBy(tx: TenantTx, projectId: string, userId: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ commit: string }>(
      'SELECT commit FROM wiki.pushed_commits WHERE organisation_id = $1 AND project_id = $2 AND user_id = $3 ORDER BY pushed_at DESC LIMIT $4', [tx.organisationId, projectId, userId, limit]);
    return rows.map((row) => row.commit);
  }

  /** Who and when by commit, of those that came by push. */
  async pushers(tx: TenantTx, projectId: string, commits: readonly string[]): Promise<Map<string, { userId: string; name: string; pushedAt: Date }>> {
    const rows = await tx.query<{ commit: string; user_id: string; name: string; pushed_at: Date }>(
      'SELECT commit, user_id, name, pushed_at FROM wiki.pushed_commits WHERE organisation_id = $1 AND project_id = $2 AND commit = ANY($3)', [tx.organisationId, projectId, commits]);
    return new Map(rows.map((row) => [row.commit, { userId: row.user_id, name: row.name, pushedAt: row.pushed_at }]));
  }
}
