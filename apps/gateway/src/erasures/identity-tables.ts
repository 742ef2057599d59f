import type { ErasurePlan } from '#libs/database';

/** The project's own row goes with the request. */
export const IDENTITY_TABLES: ErasurePlan = [
  ['audit.settings', null],
  ['identity.budgets', null],
  ['identity.limits', null],
  ['identity.used_days', null],
  ['identity.tokens', null],
  ['identity.grants', 'project_id = $2'],
  ['identity.group_members', null],
  ['identity.groups', null],
  ['identity.projects', 'project_id = $2'],
  ['identity.workspaces', null],
  ['identity.users', null],
  ['tenancy.holds', 'project_id = $2'],
  ['identity.organisations', null],
];
