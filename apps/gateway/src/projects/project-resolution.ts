import { isValidName, normaliseRemote, projectNameFromIdentity, projectNameFromPath, toName } from '#libs/agents';

/** What a client tells of where it works (wire parameters of `POST /hook` and `GET /handoff`). */
export interface ProjectHints {
  workspace?: string;
  project?: string;
  /** `repo-root`: the name was derived from the repository's folder; absent or `marker`: somebody chose it. */
  projectSource?: string;
  /** A git remote, in any spelling. */
  identity?: string;
  identitySource?: string;
  identityStyle?: string;
  cwd?: string;
}

export interface Candidates {
  workspace: string;
  /** Chosen by a person: wins over everything. */
  chosen: string | null;
  identity: string | null;
  /** What a project with that identity is called when it is new. */
  identityName: string | null;
  folder: string | null;
  /** From the repository's root or else the folder; `scratch` where there is nothing to go by. */
  derived: string;
  /** Whether `folder` is the project's root, so that later folders inside it may be matched to it. */
  isFolderRoot: boolean;
}

/** Workspace and project of the organisation's own wiki, which every project of it is told of. No hook can mean it. */
export const OWN_PROJECT = '_global';
export const DEFAULT_WORKSPACE = 'default';
export const DEFAULT_PROJECT = 'scratch';

/** The names a project may go by, from the surest to the weakest: marker, git remote, folder, repository root, folder's name. */
export function candidatesOf(hints: ProjectHints): Candidates {
  const isDerivedName = hints.projectSource === 'repo-root';
  const identity = hints.identity ? normaliseRemote(hints.identity) : null;
  const fromPath = hints.cwd ? projectNameFromPath(hints.cwd) : null;
  const fromRoot = isDerivedName ? nameOf(hints.project) : null;
  return {
    workspace: nameOf(hints.workspace) ?? DEFAULT_WORKSPACE,
    chosen: isDerivedName ? null : nameOf(hints.project),
    identity,
    identityName: identity && projectNameFromIdentity(identity, hints.identityStyle === 'host_path' ? 'host_path' : 'path'),
    folder: fromPath && hints.cwd ? trimFolder(hints.cwd) : null,
    derived: fromRoot ?? fromPath ?? DEFAULT_PROJECT,
    isFolderRoot: fromRoot === null && fromPath !== null,
  };
}

function nameOf(raw: string | undefined): string | null {
  if (!raw) return null;
  return isValidName(raw) ? raw : toName(raw);
}

function trimFolder(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/+$/, '');
}
