import { Injectable } from '@nestjs/common';
import { isValidName } from '#libs/agents';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault } from '#libs/faults';
import { isOwnProject, type TenantScope } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { requireWriter } from '../identity/require-writer.js';
import { OWN_PROJECT } from './project-resolution.js';
import { NAME_INVALID, NO_WORKSPACE, OWN_STAYS, PROJECT_TAKEN, WORKSPACE_TAKEN } from './project.faults.js';
import { recordedWorkspace } from './recorded-project.js';
import { type ProjectRef, ProjectsRepository, type Visibility, type WorkspaceRef } from './projects.repository.js';

/** Names and visibility of projects, which their admins set, and of workspaces, which the organisation's do. */
@Injectable()
export class ProjectSettingsService {
  constructor(private readonly db: TenantDb, private readonly projects: ProjectsRepository, private readonly bus: Bus) {}

  /** `null`: as the organisation has it. */
  async setVisibility(scope: TenantScope, { projectId, workspace, project }: ProjectRef, visibility: Visibility | null): Promise<ProjectRef> {
    this.requireSettings(scope, projectId);
    return this.db.run(scope, async (tx) => {
      await this.projects.setVisibility(tx, projectId, visibility);
      await recordAudit(tx, scope, { action: 'project.visibility-changed', target: `project:${workspace}/${project}`, after: { visibility } });
      announceAccess(this.bus, tx, scope);
      return (await this.projects.findById(tx, projectId))!;
    });
  }

  /**
   * Gives a project another name, or another workspace, which is made if need be; what it holds stays, under the same id. Into another
   * workspace only admins of the organisation move it: what is granted there then holds for it too.
   */
  async move(scope: TenantScope, { projectId, workspace, project }: ProjectRef, to: { workspace?: string | undefined; project?: string | undefined }): Promise<ProjectRef> {
    this.requireSettings(scope, projectId);
    const [newWorkspace, newName] = [to.workspace ?? workspace, to.project ?? project];
    if (!isValidName(newWorkspace) || !isValidName(newName)) throw new Fault(NAME_INVALID);
    if (newWorkspace !== workspace) requirePermission(scope, 'admin:settings');
    return this.db.run(scope, async (tx) => {
      const workspaceId = await recordedWorkspace(this.projects, tx, scope, newWorkspace);
      if (!(await this.projects.place(tx, projectId, workspaceId, newName))) throw new Fault(PROJECT_TAKEN);
      await recordAudit(tx, scope, { action: 'project.moved', target: `project:${workspace}/${project}`, before: { workspace, name: project }, after: { workspace: newWorkspace, name: newName } });
      announceAccess(this.bus, tx, scope);
      return (await this.projects.findById(tx, projectId))!;
    });
  }

  async renameWorkspace(scope: TenantScope, workspace: string, name: string): Promise<WorkspaceRef> {
    requirePermission(scope, 'admin:settings');
    requireWriter(scope);
    if (workspace === OWN_PROJECT) throw new Fault(OWN_STAYS);
    if (!isValidName(name)) throw new Fault(NAME_INVALID);
    return this.db.run(scope, async (tx) => {
      const found = await this.projects.findWorkspace(tx, workspace);
      if (!found) throw new Fault(NO_WORKSPACE);
      if (!(await this.projects.renameWorkspace(tx, found.workspaceId, name))) throw new Fault(WORKSPACE_TAKEN);
      await recordAudit(tx, scope, { action: 'workspace.renamed', target: `workspace:${workspace}`, before: { name: workspace }, after: { name } });
      return (await this.projects.findWorkspace(tx, name))!;
    });
  }

  readPreset(scope: TenantScope): Promise<Visibility> {
    return this.db.run(scope, (tx) => this.projects.presetVisibility(tx));
  }

  /** What projects are that don't say it themselves; holds at once for all of them. */
  async setPreset(scope: TenantScope, visibility: Visibility): Promise<Visibility> {
    requirePermission(scope, 'admin:settings');
    requireWriter(scope);
    await this.db.run(scope, async (tx) => {
      const before = await this.projects.presetVisibility(tx);
      await this.projects.setPresetVisibility(tx, visibility);
      await recordAudit(tx, scope, { action: 'organisation.visibility-changed', target: `organisation:${scope.organisationId}`, before: { visibility: before }, after: { visibility } });
      announceAccess(this.bus, tx, scope);
    });
    return visibility;
  }

  /** A workspace by its name, for who runs the organisation. */
  async findWorkspace(scope: TenantScope, workspace: string): Promise<WorkspaceRef> {
    requirePermission(scope, 'admin:people');
    const found = await this.db.run(scope, (tx) => this.projects.findWorkspace(tx, workspace));
    if (!found) throw new Fault(NO_WORKSPACE);
    return found;
  }

  private requireSettings(scope: TenantScope, projectId: string): void {
    requirePermission(scope, 'admin:settings', projectId);
    requireWriter(scope);
    if (isOwnProject(scope, projectId)) throw new Fault(OWN_STAYS);
  }
}
