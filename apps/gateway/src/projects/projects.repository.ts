import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TenantTx } from '#libs/database';
import type { ReadableProjects } from '#libs/tenancy';

/** Whether everybody in the organisation may see a project, or only those to whom it is granted. */
export const Visibility = z.enum(['open', 'restricted']);
export type Visibility = z.infer<typeof Visibility>;

/** A project with everything an answer needs to name its scope. */
export interface ProjectRef {
  organisationId: string;
  workspaceId: string;
  workspace: string;
  projectId: string;
  project: string;
  identity: string | null;
  /** Its own, or else the organisation's. */
  visibility: Visibility;
  createdAt: string;
}

export interface WorkspaceRef {
  workspaceId: string;
  workspace: string;
  projects: number;
  createdAt: string;
}

export interface NewProject {
  /** A new one unless told. */
  projectId?: string;
  workspaceId: string;
  name: string;
  identity: string | null;
  rootPath: string | null;
  createdBy: string | null;
}

const PROJECT = `
  SELECT p.organisation_id AS "organisationId", w.workspace_id AS "workspaceId", w.name AS workspace, p.project_id AS "projectId", p.name AS project,
    p.identity, CASE WHEN p.project_id = p.organisation_id THEN 'open' ELSE coalesce(p.visibility, o.project_visibility) END AS visibility, to_char(p.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
  FROM identity.projects p JOIN identity.workspaces w USING (organisation_id, workspace_id) JOIN identity.organisations o USING (organisation_id)
  WHERE p.organisation_id = $1`;

/** Workspaces and projects. */
@Injectable()
export class ProjectsRepository {
  /** With the projects that may be read; a workspace that has none of them, only where everything may be. */
  listWorkspaces(tx: TenantTx, { mode, projectIds }: ReadableProjects): Promise<WorkspaceRef[]> {
    return tx.query<WorkspaceRef>(
      `SELECT w.workspace_id AS "workspaceId", w.name AS workspace, count(p.project_id)::int AS projects,
         to_char(w.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
       FROM identity.workspaces w LEFT JOIN identity.projects p
         ON p.organisation_id = w.organisation_id AND p.workspace_id = w.workspace_id AND (p.project_id = ANY ($3::uuid[])) = $2
       WHERE w.organisation_id = $1 GROUP BY w.organisation_id, w.workspace_id HAVING count(p.project_id) > 0 OR $4 ORDER BY w.name`,
      [tx.organisationId, mode === 'only', projectIds, mode === 'all-but' && projectIds.length === 0]);
  }

  listProjects(tx: TenantTx, { mode, projectIds }: ReadableProjects, workspace: string | undefined, limit: number): Promise<ProjectRef[]> {
    return tx.prepared<ProjectRef>(
      `${PROJECT} AND (p.project_id = ANY ($3::uuid[])) = $2 AND ($4::text IS NULL OR w.name = $4) ORDER BY w.name, p.name LIMIT $5`,
      [tx.organisationId, mode === 'only', projectIds, workspace ?? null, limit]);
  }

  async findWorkspace(tx: TenantTx, name: string): Promise<WorkspaceRef | undefined> {
    return (await this.listWorkspaces(tx, { mode: 'all-but', projectIds: [] })).find(({ workspace }) => workspace === name);
  }

  async findByName(tx: TenantTx, workspace: string, project: string): Promise<ProjectRef | undefined> {
    return (await tx.prepared<ProjectRef>(`${PROJECT} AND w.name = $2 AND p.name = $3`, [tx.organisationId, workspace, project]))[0];
  }

  async findById(tx: TenantTx, projectId: string): Promise<ProjectRef | undefined> {
    return (await tx.prepared<ProjectRef>(`${PROJECT} AND p.project_id = $2`, [tx.organisationId, projectId]))[0];
  }

  async findByIdentity(tx: TenantTx, workspace: string, identity: string): Promise<ProjectRef | undefined> {
    return (await tx.prepared<ProjectRef>(`${PROJECT} AND w.name = $2 AND p.identity = $3`, [tx.organisationId, workspace, identity]))[0];
  }

  /** The project whose folder is `path` or the nearest one above it. */
  async findByFolder(tx: TenantTx, workspace: string, path: string): Promise<ProjectRef | undefined> {
    const rows = await tx.query<ProjectRef>(
      `${PROJECT} AND w.name = $2 AND p.root_path IS NOT NULL AND ($3 = p.root_path OR starts_with($3, p.root_path || '/')) ORDER BY length(p.root_path) DESC LIMIT 1`,
      [tx.organisationId, workspace, path]);
    return rows[0];
  }

  async ensureWorkspace(tx: TenantTx, name: string): Promise<{ workspaceId: string; isNew: boolean }> {
    const [row] = await tx.query<{ workspace_id: string; is_new: boolean }>(
      `INSERT INTO identity.workspaces (organisation_id, workspace_id, name) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, name) DO UPDATE SET name = excluded.name RETURNING workspace_id, xmax = 0 AS is_new`, [tx.organisationId, randomUUID(), name]);
    return { workspaceId: row!.workspace_id, isNew: row!.is_new };
  }

  /** False where the name or the identity is taken in this workspace. Where nobody could see it, whoever makes it runs it. */
  async insert(tx: TenantTx, project: NewProject): Promise<boolean> {
    const rows = await tx.query(
      `WITH made AS (
         INSERT INTO identity.projects (organisation_id, project_id, workspace_id, name, identity, root_path, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING RETURNING project_id),
       granted AS (
         INSERT INTO identity.grants (organisation_id, grant_id, project_id, user_id, level)
         SELECT $1, gen_random_uuid(), made.project_id, u.user_id, 'admin' FROM made, identity.users u, identity.organisations o
         WHERE u.organisation_id = $1 AND u.user_id = $7 AND u.role = 'member' AND o.organisation_id = $1 AND o.project_visibility = 'restricted')
       SELECT 1 FROM made`,
      [tx.organisationId, project.projectId ?? randomUUID(), project.workspaceId, project.name, project.identity, project.rootPath, project.createdBy]);
    return rows.length > 0;
  }

  /** Gives an identity to a project that has none; false where another call was first. */
  async claim(tx: TenantTx, projectId: string, identity: string): Promise<boolean> {
    const rows = await tx.query('UPDATE identity.projects SET identity = $3 WHERE organisation_id = $1 AND project_id = $2 AND identity IS NULL RETURNING 1', [tx.organisationId, projectId, identity]);
    return rows.length > 0;
  }

  async setVisibility(tx: TenantTx, projectId: string, visibility: Visibility | null): Promise<void> {
    await tx.query('UPDATE identity.projects SET visibility = $3 WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId, visibility]);
  }

  /** False where the name or the identity is taken in that workspace. */
  async place(tx: TenantTx, projectId: string, workspaceId: string, name: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE identity.projects p SET workspace_id = $3, name = $4 WHERE organisation_id = $1 AND project_id = $2 AND NOT EXISTS (
         SELECT FROM identity.projects other WHERE other.organisation_id = $1 AND other.workspace_id = $3 AND other.project_id <> $2 AND (other.name = $4 OR other.identity = p.identity))
       RETURNING 1`, [tx.organisationId, projectId, workspaceId, name]);
    return rows.length > 0;
  }

  /** False where the name is taken. */
  async renameWorkspace(tx: TenantTx, workspaceId: string, name: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE identity.workspaces SET name = $3 WHERE organisation_id = $1 AND workspace_id = $2
         AND NOT EXISTS (SELECT FROM identity.workspaces WHERE organisation_id = $1 AND workspace_id <> $2 AND name = $3) RETURNING 1`, [tx.organisationId, workspaceId, name]);
    return rows.length > 0;
  }

  /** What projects are that don't say it themselves. */
  async presetVisibility(tx: TenantTx): Promise<Visibility> {
    const [row] = await tx.query<{ visibility: Visibility }>('SELECT project_visibility AS visibility FROM identity.organisations WHERE organisation_id = $1', [tx.organisationId]);
    return row!.visibility;
  }

  async setPresetVisibility(tx: TenantTx, visibility: Visibility): Promise<void> {
    await tx.query('UPDATE identity.organisations SET project_visibility = $2 WHERE organisation_id = $1', [tx.organisationId, visibility]);
  }
}
