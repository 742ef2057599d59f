import type { ErasurePlan } from '#libs/database';

/** The project's own row goes with the request. */
export const IDENTITY_TABLES: ErasurePlan = [
  ['identity.oauth_records', null],
  ['identity.connections', null],
  ['audit.settings', null],
  ['identity.budgets', null],
  ['identity.limits', null],
  ['identity.used_days', null],
  ['identity.tokens', null],
  ['identity.token_policies', null],
  ['identity.grants', 'project_id = $2'],
  ['identity.group_members', null],
  ['identity.directory_groups', null],
  ['identity.groups', null],
  ['identity.projects', 'project_id = $2'],
  ['identity.workspaces', null],
  ['identity.accounts', null],
  ['identity.sign_ins', null],
  ['identity.passwords', null],
  ['identity.invitations', null],
  ['identity.directory_users', null],
  ['identity.users', null],
  ['identity.guesses', null],
  ['identity.sign_on_settings', null],
  ['tenancy.holds', 'project_id = $2'],
  ['identity.organisations', null],
];
