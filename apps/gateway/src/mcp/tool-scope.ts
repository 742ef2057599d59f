import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { ProjectRef } from '../projects/projects.repository.js';
import { isStorable } from '../http/storable.js';

const NAMES_LISTED_MAX = 20;

/** The optional pair of every project-scoped tool. */
export const PROJECT_PAIR = { workspace: z.string().optional(), project: z.string().optional() };

export interface ScopeNames {
  workspace?: string | undefined;
  project?: string | undefined;
}

/** What the call does there: only `create` may make the project, only `read` may infer it from being the only one. */
export type Purpose = 'read' | 'write' | 'create';
export type ResolvedBy = 'explicit' | 'url' | 'session' | 'only-project' | 'global';

/** The caller's projects. `find` throws the same for foreign and absent ones. */
export interface ProjectDirectory {
  find(workspace: string, project: string): Promise<ProjectRef>;
  findById(projectId: string): Promise<ProjectRef>;
  /** The project of that name, made if need be. */
  ensure(workspace: string, project: string): Promise<ProjectRef>;
  /** At most 500, by name. */
  list(): Promise<ProjectRef[]>;
  /** The organisation's own, where it has one. */
  own(): Promise<ProjectRef | undefined>;
  /** The project of the session that the client named, if there is one. */
  ofSession(): Promise<ProjectRef | undefined>;
}

/** The scope used, as every answer names it. */
export interface ScopeAnswer {
  organisation: string;
  workspace: string | null;
  project: string | null;
  resolved_by: ResolvedBy;
}

export interface FoundProject {
  project: ProjectRef;
  resolvedBy: ResolvedBy;
}

/**
 * The project a call is about: named in the call, else in the address, else the session's, else (reads only) the only one
 * there is. Throws JSON-RPC -32602, which lists what could be named, where none of these says.
 */
export async function findScope(directory: ProjectDirectory, named: ScopeNames, address: ScopeNames, purpose: Purpose): Promise<FoundProject> {
  const open = ({ workspace, project }: Required<ScopeNames>): Promise<ProjectRef> =>
    purpose === 'create' ? directory.ensure(workspace!, project!) : directory.find(workspace!, project!);
  if (isPair(named)) return { project: await open(named), resolvedBy: 'explicit' };
  if (isPair(address)) return { project: await open(address), resolvedBy: 'url' };
  const ofSession = await directory.ofSession();
  if (ofSession) return { project: ofSession, resolvedBy: 'session' };
  const projects = await directory.list();
  const [only, ...others] = projects.filter(({ projectId, organisationId }) => projectId !== organisationId);
  if (purpose === 'read' && only && others.length === 0) return { project: only, resolvedBy: 'only-project' };
  throw scopeNeeded(projects);
}

/** False for neither; half a pair is refused, since the other half would be a guess. */
export function isPair(names: ScopeNames): names is { workspace: string; project: string } {
  if (Boolean(names.workspace) !== Boolean(names.project)) throw badScope('Pass workspace and project, both or neither.');
  if (!isStorable([names.workspace, names.project])) throw badScope('Names of workspaces and projects hold no such characters.');
  return Boolean(names.workspace);
}

export function nameOf({ workspace, project }: ProjectRef): string {
  return `${workspace}/${project}`;
}

function scopeNeeded(projects: readonly ProjectRef[]): ProtocolError {
  const names = projects.slice(0, NAMES_LISTED_MAX).map(nameOf);
  const more = projects.length > names.length ? ` and ${projects.length - names.length} more` : '';
  return badScope(`Which project? Pass workspace and project, both of them. ${names.length > 0 ? `Available: ${names.join(', ')}${more}.` : 'There are none yet.'}`);
}

function badScope(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
