import { type Bus, requirePermission } from '#libs/bus';
import type { Fault } from '#libs/faults';
import { withMadeProject } from '#libs/tenancy';
import type { Refusals } from '../audit/refusals.service.js';
import type { IdentityService } from '../identity/identity.service.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { ProjectsService } from '../projects/projects.service.js';
import type { Caller } from './caller.js';
import { type Ask, findNamedSession, nullIfNotFound } from './named-session.js';
import type { Tool } from './tool.js';
import { findScope, type ProjectDirectory, type Purpose, type ResolvedBy, type ScopeAnswer, type ScopeNames } from './tool-scope.js';

/** What a tool may touch during one call: the other apps and the projects, both as the caller. */
export interface ToolContext {
  readonly caller: Caller;
  readonly ask: Ask;
  readonly projects: ProjectDirectory;
  /** A person of the caller's organisation. Throws the same for foreign and absent names. */
  findRecipient(name: string): ReturnType<People['findRecipient']>;
  /** The project the call is about, and the scope as the answer names it. Throws JSON-RPC -32602 rather than guess, and where the tool may not be used there. */
  resolve(named: ScopeNames, purpose: Purpose): Promise<{ project: ProjectRef; scope: ScopeAnswer }>;
  /** Why the call failed, for the audit log where that is what the caller may not. */
  failed(fault: Fault): void;
}

/** The part of `ProjectsService` that calls need. */
export type Projects = Pick<ProjectsService, 'findProject' | 'findProjectById' | 'ensureProject' | 'listProjects'>;

/** The part of `IdentityService` that calls need. */
export type People = Pick<IdentityService, 'findRecipient'>;

/** What the tools of every request share. */
export interface Backends {
  readonly bus: Pick<Bus, 'ask'>;
  readonly projects: Projects;
  readonly people: People;
  readonly refusals: Pick<Refusals, 'noteTool'>;
}

export function toolContext({ bus, projects, people, refusals }: Backends, caller: Caller, { name, permission }: Pick<Tool, 'name' | 'permission'>): ToolContext {
  let { scope } = caller;
  const ask: Ask = (contract, input) => bus.ask(scope, contract, input);
  const directory = directoryOf(projects, ask, caller);
  return {
    caller,
    ask,
    projects: directory,
    findRecipient: (recipient) => people.findRecipient(caller.scope, recipient),
    resolve: async (named, purpose) => {
      const { project, resolvedBy } = await findScope(directory, named, caller.address, purpose);
      scope = withMadeProject(scope, project.projectId);
      requirePermission(scope, permission, project.projectId);
      return { project, scope: scopeOf(caller, project, resolvedBy) };
    },
    failed: (fault) => refusals.noteTool(fault, caller.scope, name),
  };
}

export function scopeOf({ organisation }: Caller, { workspace, project }: ProjectRef, resolvedBy: ResolvedBy): ScopeAnswer {
  return { organisation, workspace, project, resolved_by: resolvedBy };
}

function directoryOf(projects: Projects, ask: Ask, { scope, agent, nativeSessionId }: Caller): ProjectDirectory {
  return {
    find: (workspace, project) => projects.findProject(scope, workspace, project),
    findById: (projectId) => projects.findProjectById(scope, projectId),
    ensure: (workspace, project) => projects.ensureProject(scope, workspace, project),
    own: async () => (await nullIfNotFound(projects.findProjectById(scope, scope.organisationId))) ?? undefined,
    list: () => projects.listProjects(scope),
    ofSession: async () => {
      const session = nativeSessionId ? await findNamedSession(ask, agent, nativeSessionId) : null;
      return session ? projects.findProjectById(scope, session.projectId) : undefined;
    },
  };
}
