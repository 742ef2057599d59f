import { projectNameFromIdentity, projectNameFromPath } from '#libs/agents';
import { usageFailure } from '../client/failure.js';
import type { GitFacts } from './git-facts.js';
import { MARKER_NAME, type Marker } from './marker.js';

/** Where the server puts what comes without a workspace. */
const DEFAULT_WORKSPACE = 'default';

export interface ScopeNames {
  workspace?: string | undefined;
  project?: string | undefined;
}

/** A project, and what told that it is the one. */
export interface Scope {
  workspace: string;
  project: string;
  from: 'options' | 'marker' | 'git remote' | 'folder';
}

/** What is known about the folder that the command runs in. */
export interface Surroundings {
  cwd: string;
  marker: Marker | undefined;
  git: GitFacts;
}

/** A project as the server lists it. */
export interface KnownProject {
  workspace: string;
  project: string;
  identity: string | null;
}

/**
 * The project that somebody named: by options, or by the marker file. Undefined where nobody did. Half a pair of options is
 * completed from the marker, never by a guess. The only scope that a write may use.
 */
export function namedScope(options: ScopeNames, marker: Marker | undefined): Scope | undefined {
  const { workspace, project } = options;
  if (workspace && project) return { workspace, project, from: 'options' };
  if (project && marker?.workspace) return { workspace: marker.workspace, project, from: 'options' };
  if (project) throw usageFailure('--project needs --workspace beside it');
  if (marker?.project && (!workspace || workspace === marker.workspace)) return { workspace: marker.workspace ?? DEFAULT_WORKSPACE, project: marker.project, from: 'marker' };
  return undefined;
}

/** Refuses a write for which nobody named the project. */
export function requireNamed(scope: Scope | undefined): Scope {
  if (!scope) throw usageFailure(`Which project? What changes something needs --workspace and --project, or a ${MARKER_NAME} that names both`);
  return scope;
}

/** The workspace in which a folder's project is looked for. */
export function workspaceOf(options: ScopeNames, marker: Marker | undefined): string {
  return options.workspace ?? marker?.workspace ?? DEFAULT_WORKSPACE;
}

/**
 * The project that a folder belongs to, of those that there are: by its git remote, else by the names that a project of it
 * would have had before it got a remote. The same order as the server's.
 */
export function scopeOfFolder({ cwd, marker, git }: Surroundings, projects: readonly KnownProject[]): Scope | undefined {
  const identity = marker?.identity ?? git.remote;
  const byIdentity = identity ? projects.find((project) => project.identity === identity) : undefined;
  if (byIdentity) return scopeFrom(byIdentity, 'git remote');
  const names = [identity && projectNameFromIdentity(identity, marker?.identity_style), git.root && projectNameFromPath(git.root), projectNameFromPath(cwd)];
  const byName = names.flatMap((name) => projects.filter(({ project, identity: known }) => project === name && (known === null || !identity)))[0];
  return byName && scopeFrom(byName, 'folder');
}

function scopeFrom({ workspace, project }: KnownProject, from: Scope['from']): Scope {
  return { workspace, project, from };
}
