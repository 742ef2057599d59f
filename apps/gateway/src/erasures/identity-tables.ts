import type { ErasurePlan } from '#libs/database';

/** The project's own row goes with the request. */
export const IDENTITY_TABLES: ErasurePlan = [
  ['identity.tokens', null],
  ['identity.token_policies', null],
  ['identity.grants', 'project_id = $2'],
  ['identity.group_members', null],
  ['identity.groups', null],
  ['identity.projects', 'project_id = $2'],
  ['identity.workspaces', null],
  ['identity.users', null],
  ['tenancy.holds', 'project_id = $2'],
  ['identity.organisations', null],
];
