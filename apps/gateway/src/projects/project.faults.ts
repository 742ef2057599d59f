import { defineFault } from '#libs/faults';

export const SCOPE_NEEDED = defineFault('project.scope-needed', 'invalid', 'Which project? Pass workspace and project, both of them.');
export const NAME_INVALID = defineFault('project.name-invalid', 'invalid', 'Names of workspaces and projects are 1 to 100 of a-z, 0-9, dot, underscore and hyphen, and start with a letter or a digit.');
