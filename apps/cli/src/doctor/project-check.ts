import type { Failure } from '../client/failure.js';
import { type KnownProject, namedScope, type Scope, type ScopeNames, scopeOfFolder, type Surroundings, workspaceOf } from '../scope/scope.js';
import { failure, type Finding, ok, warning } from './finding.js';

export interface ProjectFacts {
  options: ScopeNames;
  /** A Failure where the marker can't be read. */
  surroundings: Surroundings | Failure;
  /** Undefined where the server could not be asked. */
  projects: readonly KnownProject[] | undefined;
}

/** Which project this folder's sessions go to, and whether that looks like the one that is meant. */
export function checkProject({ options, surroundings, projects }: ProjectFacts): Finding[] {
  if (surroundings instanceof Error) return [failure('project', surroundings.sentence, 'Correct the marker: without it sessions go by the git remote')];
  const named = namedScope(options, surroundings.marker);
  if (!projects) return named ? [ok('project', nameOf(named))] : [];
  const workspace = named?.workspace ?? workspaceOf(options, surroundings.marker);
  const byFolder = scopeOfFolder(surroundings, projects.filter((project) => project.workspace === workspace));
  return [named ? checkNamed(named, byFolder, surroundings, projects) : checkUnnamed(byFolder, surroundings, workspace)];
}

function checkUnnamed(byFolder: Scope | undefined, { git }: Surroundings, workspace: string): Finding {
  if (byFolder) return ok('project', nameOf(byFolder));
  if (git.remote ?? git.root) return ok('project', `new: made in ${workspace} by the first session here`);
  return warning('project', 'This folder is no repository and has no marker', 'Sessions here share a project with others, unless a .ai-memory.toml names one');
}

function checkNamed(named: Scope, byFolder: Scope | undefined, { marker }: Surroundings, projects: readonly KnownProject[]): Finding {
  if (byFolder?.from === 'git remote' && byFolder.project !== named.project) {
    const other = `${byFolder.workspace}/${byFolder.project}`;
    return warning('project', `${nameOf(named)}, but this repository already has the project ${other}`, `Is it meant? If not, correct ${marker?.path ?? 'the options'}`);
  }
  const isThere = projects.some((project) => project.workspace === named.workspace && project.project === named.project);
  if (isThere) return ok('project', nameOf(named));
  return warning('project', `${nameOf(named)}, is not there yet`, 'The first session makes it. If it should be there: is the name right, and is it this server?');
}

function nameOf({ workspace, project, from }: Scope): string {
  return `${workspace}/${project}, by ${from === 'git remote' ? 'the git remote' : from}`;
}
