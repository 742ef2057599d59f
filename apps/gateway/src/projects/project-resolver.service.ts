import { Injectable } from '@nestjs/common';
import { requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import { levelIn, mayMakeProjects, type TenantScope } from '#libs/tenancy';
import { requireWriter } from '../identity/require-writer.js';
import { type Candidates, candidatesOf, type ProjectHints } from './project-resolution.js';
import { MAKERS_ONLY } from './project.faults.js';
import { recordedProject, recordedWorkspace } from './recorded-project.js';
import { type ProjectRef, ProjectsRepository } from './projects.repository.js';

/** So many namesakes with other identities get a number; more is a mistake somewhere. */
const NAMESAKES_MAX = 50;

/** Which project a client works in, from what it tells of its folder. */
@Injectable()
export class ProjectResolver {
  constructor(private readonly db: TenantDb, private readonly projects: ProjectsRepository) {}

  /** The project that fits and may be read, or undefined; makes none. */
  find(scope: TenantScope, hints: ProjectHints): Promise<ProjectRef | undefined> {
    const candidates = candidatesOf(hints);
    return this.db.snapshot(scope, async (tx) => {
      const found = await this.lookUp(tx, candidates);
      return found && levelIn(scope, found.projectId) !== 'none' ? found : undefined;
    });
  }

  /** The project that fits, made if there is none. Two clones of a repository that come at once get one project. Throws where it is not the scope's to capture in. */
  ensure(scope: TenantScope, hints: ProjectHints): Promise<ProjectRef> {
    requireWriter(scope);
    const candidates = candidatesOf(hints);
    return this.db.run(scope, async (tx) => {
      const found = await this.lookUp(tx, candidates);
      if (found) requirePermission(scope, 'ingest:write', found.projectId);
      if (found && (found.identity || !candidates.identity)) return found;
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`projects ${tx.organisationId} ${candidates.workspace}`]);
      const claimed = await this.lookUp(tx, candidates, true);
      if (claimed) requirePermission(scope, 'ingest:write', claimed.projectId);
      else if (!mayMakeProjects(scope)) throw new Fault(MAKERS_ONLY);
      return claimed ?? this.make(tx, scope, candidates);
    });
  }

  private async lookUp(tx: TenantTx, candidates: Candidates, mayClaim = false): Promise<ProjectRef | undefined> {
    const { workspace, chosen, identity, identityName, folder, derived } = candidates;
    if (chosen) return this.projects.findByName(tx, workspace, chosen);
    if (identity) {
      const known = await this.projects.findByIdentity(tx, workspace, identity);
      if (known) return known;
      const namesake = await this.unclaimed(tx, workspace, [identityName, derived]);
      if (namesake && mayClaim) await this.projects.claim(tx, namesake.projectId, identity);
      return namesake;
    }
    return (folder && (await this.projects.findByFolder(tx, workspace, folder))) || this.projects.findByName(tx, workspace, derived);
  }

  /** A project that had no remote when it was first seen, and whose name says that it is the same. */
  private async unclaimed(tx: TenantTx, workspace: string, names: readonly (string | null)[]): Promise<ProjectRef | undefined> {
    for (const name of names) {
      const project = name ? await this.projects.findByName(tx, workspace, name) : undefined;
      if (project && project.identity === null) return project;
    }
    return undefined;
  }

  private async make(tx: TenantTx, scope: TenantScope, candidates: Candidates): Promise<ProjectRef> {
    const { workspace, chosen, identity, identityName, folder, derived, isFolderRoot } = candidates;
    const workspaceId = await recordedWorkspace(this.projects, tx, scope, workspace);
    const base = chosen ?? identityName ?? derived;
    for (let number = 1; number <= NAMESAKES_MAX; number += 1) {
      const name = number === 1 ? base : `${base}-${number}`;
      const rootPath = chosen === null && identity === null && isFolderRoot ? folder : null;
      if (await recordedProject(this.projects, tx, scope, workspace, { workspaceId, name, identity: chosen ? null : identity, rootPath })) return (await this.projects.findByName(tx, workspace, name))!;
    }
    throw new Error(`More than ${NAMESAKES_MAX} projects are called ${base}`);
  }
}
