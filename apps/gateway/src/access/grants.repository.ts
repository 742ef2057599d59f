import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { AccessLevel } from '#libs/tenancy';

/** What a grant is for: one of both. */
export interface GrantPlace {
  workspaceId: string | null;
  projectId: string | null;
}

/** By name: one of both. */
export interface Grantee {
  user?: string | undefined;
  group?: string | undefined;
}

export interface GrantRow {
  grant_id: string;
  user_id: string | null;
  user_name: string | null;
  group_name: string | null;
  level: Exclude<AccessLevel, 'none'>;
  created_at: Date;
}

const GRANTS = `
  SELECT g.grant_id, g.user_id, u.name AS user_name, gr.name AS group_name, g.level, g.created_at
  FROM identity.grants g LEFT JOIN identity.users u USING (organisation_id, user_id) LEFT JOIN identity.groups gr USING (organisation_id, group_id)
  WHERE g.organisation_id = $1 AND g.workspace_id IS NOT DISTINCT FROM $2 AND g.project_id IS NOT DISTINCT FROM $3`;

/** What users and groups may do beyond their role. */
@Injectable()
export class GrantsRepository {
  list(tx: TenantTx, { workspaceId, projectId }: GrantPlace, limit: number): Promise<GrantRow[]> {
    return tx.query<GrantRow>(`${GRANTS} ORDER BY gr.name NULLS LAST, u.name LIMIT $4`, [tx.organisationId, workspaceId, projectId, limit]);
  }

  /** Replaces what the user or group was granted there before. Undefined where there is no such user or group. */
  async put(tx: TenantTx, { workspaceId, projectId }: GrantPlace, { user, group }: Grantee, level: GrantRow['level']): Promise<GrantRow | undefined> {
    const [put] = await tx.query<{ grant_id: string }>(
      `INSERT INTO identity.grants (organisation_id, grant_id, workspace_id, project_id, user_id, group_id, level)
       SELECT $1, $2, $3, $4, user_id, group_id, $7 FROM (
         SELECT user_id, NULL::uuid AS group_id FROM identity.users WHERE organisation_id = $1 AND name = $5
         UNION ALL SELECT NULL, group_id FROM identity.groups WHERE organisation_id = $1 AND name = $6) AS grantee
       ON CONFLICT (organisation_id, user_id, group_id, workspace_id, project_id) DO UPDATE SET level = excluded.level RETURNING grant_id`,
      [tx.organisationId, randomUUID(), workspaceId, projectId, user ?? null, group ?? null, level]);
    return put && this.find(tx, { workspaceId, projectId }, put.grant_id);
  }

  async find(tx: TenantTx, { workspaceId, projectId }: GrantPlace, grantId: string): Promise<GrantRow | undefined> {
    return (await tx.query<GrantRow>(`${GRANTS} AND g.grant_id = $4`, [tx.organisationId, workspaceId, projectId, grantId]))[0];
  }

  async remove(tx: TenantTx, grantId: string): Promise<void> {
    await tx.query('DELETE FROM identity.grants WHERE organisation_id = $1 AND grant_id = $2', [tx.organisationId, grantId]);
  }
}
