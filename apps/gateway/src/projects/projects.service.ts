import { Injectable } from '@nestjs/common';
import { isValidName } from '#libs/agents';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { levelIn, mayMakeProjects, readableProjects, type TenantScope } from '#libs/tenancy';
import { requireWriter } from '../identity/require-writer.js';
import { OWN_PROJECT } from './project-resolution.js';
import { MAKERS_ONLY, NAME_INVALID, NO_PROJECT } from './project.faults.js';
import { recordedProject, recordedWorkspace } from './recorded-project.js';
import { type ProjectRef, ProjectsRepository, type WorkspaceRef } from './projects.repository.js';

const PROJECTS_ASKED_MAX = 500;

/** The projects of the caller's organisation. */
@Injectable()
export class ProjectsService {
  constructor(private readonly db: TenantDb, private readonly projects: ProjectsRepository) {}

  listWorkspaces(scope: TenantScope): Promise<WorkspaceRef[]> {
    return this.db.read(scope, (tx) => this.projects.listWorkspaces(tx, readableProjects(scope)));
  }

  /** Those that may be read, by name: at most as many as other apps are asked about at a time, unless more are wanted. */
  listProjects(scope: TenantScope, workspace?: string, limit = PROJECTS_ASKED_MAX): Promise<ProjectRef[]> {
    return this.db.read(scope, (tx) => this.projects.listProjects(tx, readableProjects(scope), workspace, limit));
  }

  /** Throws `not-found`, the same for foreign, absent and impossible names, and for projects that may not be read. */
  async findProject(scope: TenantScope, workspace: string, project: string): Promise<ProjectRef> {
    const found = mayName(workspace) && mayName(project) ? await this.db.read(scope, (tx) => this.projects.findByName(tx, workspace, project)) : undefined;
    if (!isVisible(scope, found)) throw new Fault(NO_PROJECT);
    return found;
  }

  async findProjectById(scope: TenantScope, projectId: string): Promise<ProjectRef> {
    const found = await this.db.read(scope, (tx) => this.projects.findById(tx, projectId));
    if (!isVisible(scope, found)) throw new Fault(NOT_FOUND);
    return found;
  }

  /**
   * The project of that name, made if need be; the organisation's own only by who runs it. Throws `project.name-invalid`, and
   * `not-found` where there is one that may not be read.
   */
  async ensureProject(scope: TenantScope, workspace: string, project: string): Promise<ProjectRef> {
    requireWriter(scope);
    const isOwn = workspace === OWN_PROJECT && project === OWN_PROJECT;
    if (!isOwn && !(isValidName(workspace) && isValidName(project))) throw new Fault(NAME_INVALID);
    if (isOwn) requirePermission(scope, 'pages:write', scope.organisationId);
    const projectId = isOwn ? scope.organisationId : undefined;
    return this.db.run(scope, async (tx) => {
      const found = await this.projects.findByName(tx, workspace, project);
      if (isVisible(scope, found)) return found;
      if (!mayMakeProjects(scope)) throw new Fault(MAKERS_ONLY);
      if (found) throw new Fault(NO_PROJECT);
      const workspaceId = await recordedWorkspace(this.projects, tx, scope, workspace);
      const isMade = await recordedProject(this.projects, tx, scope, workspace, { projectId, workspaceId, name: project, identity: null, rootPath: null });
      const made = (await this.projects.findByName(tx, workspace, project))!;
      // Somebody else may have been first.
      if (!isMade && !isVisible(scope, made)) throw new Fault(NO_PROJECT);
      return made;
    });
  }
}

function isVisible(scope: TenantScope, project: ProjectRef | undefined): project is ProjectRef {
  return project !== undefined && levelIn(scope, project.projectId) !== 'none';
}

/** What can't be a name may also be what Postgres takes for no text. */
function mayName(name: string): boolean {
  return name === OWN_PROJECT || isValidName(name);
}
