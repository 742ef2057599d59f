import { z } from 'zod';
import { type ProjectRef, Visibility, type WorkspaceRef } from '../projects/projects.repository.js';

/** Which project an answer is about; in every answer that is about one. */
export const ScopeView = z.object({ workspace: z.string(), project: z.string() }).meta({ id: 'Scope' });

export const ProjectView = z.object({
  project_id: z.uuid(),
  workspace: z.string(),
  project: z.string(),
  /** The git remote by which clones and worktrees are recognised, if the project has one. */
  identity: z.string().nullable(),
  visibility: Visibility,
  created_at: z.iso.datetime(),
}).meta({ id: 'Project' });

export const WorkspaceView = z.object({
  workspace_id: z.uuid(), workspace: z.string(), projects: z.int(), created_at: z.iso.datetime(),
}).meta({ id: 'Workspace' });

export function scopeView({ workspace, project }: ProjectRef): z.output<typeof ScopeView> {
  return { workspace, project };
}

export function projectView(ref: ProjectRef): z.output<typeof ProjectView> {
  return { project_id: ref.projectId, workspace: ref.workspace, project: ref.project, identity: ref.identity, visibility: ref.visibility, created_at: ref.createdAt };
}

export function workspaceView(ref: WorkspaceRef): z.output<typeof WorkspaceView> {
  return { workspace_id: ref.workspaceId, workspace: ref.workspace, projects: ref.projects, created_at: ref.createdAt };
}
