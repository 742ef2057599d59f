import { Injectable } from '@nestjs/common';
import { isValidName } from '#libs/agents';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { requireWriter } from '../identity/require-writer.js';
import { OWN_PROJECT } from './project-resolution.js';
import { NAME_INVALID } from './project.faults.js';
import { type ProjectRef, ProjectsRepository, type WorkspaceRef } from './projects.repository.js';

/** The projects of the caller's organisation. */
@Injectable()
export class ProjectsService {
  constructor(private readonly db: TenantDb, private readonly projects: ProjectsRepository) {}

  listWorkspaces(scope: TenantScope): Promise<WorkspaceRef[]> {
    return this.db.run(scope, (tx) => this.projects.listWorkspaces(tx));
  }

  /** At most 500, by name. */
  listProjects(scope: TenantScope, workspace?: string): Promise<ProjectRef[]> {
    return this.db.run(scope, (tx) => this.projects.listProjects(tx, workspace));
  }

  /** Throws `not-found`, the same for foreign, absent and impossible names. */
  async findProject(scope: TenantScope, workspace: string, project: string): Promise<ProjectRef> {
    const found = await this.db.run(scope, (tx) => this.projects.findByName(tx, workspace, project));
    if (!found) throw new Fault(NOT_FOUND, { sentence: 'There is no such project. Check workspace and project.' });
    return found;
  }

  async findProjectById(scope: TenantScope, projectId: string): Promise<ProjectRef> {
    const found = await this.db.run(scope, (tx) => this.projects.findById(tx, projectId));
    if (!found) throw new Fault(NOT_FOUND);
    return found;
  }

  /** The project of that name, made if need be; the organisation's own only by an owner. Throws `project.name-invalid`. */
  async ensureProject(scope: TenantScope, workspace: string, project: string): Promise<ProjectRef> {
    requireWriter(scope);
    const isOwn = workspace === OWN_PROJECT && project === OWN_PROJECT;
    if (!isOwn && !(isValidName(workspace) && isValidName(project))) throw new Fault(NAME_INVALID);
    if (isOwn) requirePermission(scope, 'pages:write', scope.organisationId);
    const projectId = isOwn ? scope.organisationId : undefined;
    return this.db.run(scope, async (tx) => {
      const found = await this.projects.findByName(tx, workspace, project);
      if (found) return found;
      const workspaceId = await this.projects.ensureWorkspace(tx, workspace);
      await this.projects.insert(tx, { projectId, workspaceId, name: project, identity: null, rootPath: null, createdBy: userOf(scope)?.userId ?? null });
      return (await this.projects.findByName(tx, workspace, project))!;
    });
  }
}
