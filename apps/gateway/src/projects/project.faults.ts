import { defineFault } from '#libs/faults';

export const SCOPE_NEEDED = defineFault('project.scope-needed', 'invalid', 'Which project? Pass workspace and project, both of them.');
export const NAME_INVALID = defineFault('project.name-invalid', 'invalid', 'Names of workspaces and projects are 1 to 100 of a-z, 0-9, dot, underscore and hyphen, and start with a letter or a digit.');
export const NO_PROJECT = defineFault('not-found', 'not-found', 'There is no such project. Check workspace and project.');
export const MAKERS_ONLY = defineFault('project.makers-only', 'forbidden', 'This would make a project, which needs the role member and a token that is not limited to projects.');
export const NO_WORKSPACE = defineFault('not-found', 'not-found', 'There is no such workspace.');
export const PROJECT_TAKEN = defineFault('project.taken', 'conflict', 'That workspace has a project of this name, or of the same git remote.');
export const WORKSPACE_TAKEN = defineFault('project.workspace-taken', 'conflict', 'There is a workspace of this name.');
export const OWN_STAYS = defineFault('project.own-stays', 'forbidden', "The organisation's own project keeps its name, and is told to everybody.");
