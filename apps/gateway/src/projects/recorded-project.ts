import { recordAudit } from '#libs/audit';
import type { TenantTx } from '#libs/database';
import { type TenantScope, userOf } from '#libs/tenancy';
import type { NewProject, ProjectsRepository } from './projects.repository.js';

/** The workspace of that name, made and recorded if need be. */
export async function recordedWorkspace(projects: ProjectsRepository, tx: TenantTx, scope: TenantScope, name: string): Promise<string> {
  const { workspaceId, isNew } = await projects.ensureWorkspace(tx, name);
  if (isNew) await recordAudit(tx, scope, { action: 'workspace.created', target: `workspace:${name}`, after: { name } });
  return workspaceId;
}

/** Makes a project and records it; false where its name or identity is taken. */
export async function recordedProject(projects: ProjectsRepository, tx: TenantTx, scope: TenantScope, workspace: string, project: Omit<NewProject, 'createdBy'>): Promise<boolean> {
  const isMade = await projects.insert(tx, { ...project, createdBy: userOf(scope)?.userId ?? null });
  if (isMade) await recordAudit(tx, scope, { action: 'project.created', target: `project:${workspace}/${project.name}`, after: { name: project.name, identity: project.identity } });
  return isMade;
}
