import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

/** A project with everything an answer needs to name its scope. */
export interface ProjectRef {
  organisationId: string;
  workspaceId: string;
  workspace: string;
  projectId: string;
  project: string;
  identity: string | null;
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
    p.identity, to_char(p.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
  FROM identity.projects p JOIN identity.workspaces w USING (organisation_id, workspace_id)
  WHERE p.organisation_id = $1`;

/** Workspaces and projects. */
@Injectable()
export class ProjectsRepository {
  listWorkspaces(tx: TenantTx): Promise<WorkspaceRef[]> {
    return tx.query<WorkspaceRef>(
      `SELECT w.workspace_id AS "workspaceId", w.name AS workspace, count(p.project_id)::int AS projects,
         to_char(w.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
       FROM identity.workspaces w LEFT JOIN identity.projects p USING (organisation_id, workspace_id)
       WHERE w.organisation_id = $1 GROUP BY w.organisation_id, w.workspace_id ORDER BY w.name`, [tx.organisationId]);
  }

  listProjects(tx: TenantTx, workspace?: string): Promise<ProjectRef[]> {
    return tx.query<ProjectRef>(`${PROJECT} AND ($2::text IS NULL OR w.name = $2) ORDER BY w.name, p.name LIMIT 500`, [tx.organisationId, workspace ?? null]);
  }

  async findByName(tx: TenantTx, workspace: string, project: string): Promise<ProjectRef | undefined> {
    return (await tx.query<ProjectRef>(`${PROJECT} AND w.name = $2 AND p.name = $3`, [tx.organisationId, workspace, project]))[0];
  }

  async findById(tx: TenantTx, projectId: string): Promise<ProjectRef | undefined> {
    return (await tx.query<ProjectRef>(`${PROJECT} AND p.project_id = $2`, [tx.organisationId, projectId]))[0];
  }

  async findByIdentity(tx: TenantTx, workspace: string, identity: string): Promise<ProjectRef | undefined> {
    return (await tx.query<ProjectRef>(`${PROJECT} AND w.name = $2 AND p.identity = $3`, [tx.organisationId, workspace, identity]))[0];
  }

  /** The project whose folder is `path` or the nearest one above it. */
  async findByFolder(tx: TenantTx, workspace: string, path: string): Promise<ProjectRef | undefined> {
    const rows = await tx.query<ProjectRef>(
      `${PROJECT} AND w.name = $2 AND p.root_path IS NOT NULL AND ($3 = p.root_path OR starts_with($3, p.root_path || '/')) ORDER BY length(p.root_path) DESC LIMIT 1`,
      [tx.organisationId, workspace, path]);
    return rows[0];
  }

  async ensureWorkspace(tx: TenantTx, name: string): Promise<string> {
    const [row] = await tx.query<{ workspace_id: string }>(
      `INSERT INTO identity.workspaces (organisation_id, workspace_id, name) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, name) DO UPDATE SET name = excluded.name RETURNING workspace_id`, [tx.organisationId, randomUUID(), name]);
    return row!.workspace_id;
  }

  /** False where the name or the identity is taken in this workspace. */
  async insert(tx: TenantTx, project: NewProject): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO identity.projects (organisation_id, project_id, workspace_id, name, identity, root_path, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [tx.organisationId, project.projectId ?? randomUUID(), project.workspaceId, project.name, project.identity, project.rootPath, project.createdBy]);
    return rows.length > 0;
  }

  /** Gives an identity to a project that has none; false where another call was first. */
  async claim(tx: TenantTx, projectId: string, identity: string): Promise<boolean> {
    const rows = await tx.query('UPDATE identity.projects SET identity = $3 WHERE organisation_id = $1 AND project_id = $2 AND identity IS NULL RETURNING 1', [tx.organisationId, projectId, identity]);
    return rows.length > 0;
  }
}
