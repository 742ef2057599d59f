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
  ['tenancy.dead_letters', "payload ->> 'projectId' = $2::text"],
  ['tenancy.holds', 'project_id = $2'],
  ['identity.organisations', null],
];

/** What there is of a person; grants and memberships too. The row that names them goes with the report. */
export const PERSON_TABLES: ErasurePlan = [
  ['identity.oauth_records', 'connection_id IN (SELECT connection_id FROM identity.connections WHERE organisation_id = $1 AND user_id = $2)'],
  ['identity.connections', 'user_id = $2'],
  ['identity.tokens', 'user_id = $2'],
  ['identity.grants', 'user_id = $2'],
  ['identity.group_members', 'user_id = $2'],
  ['identity.accounts', 'user_id = $2'],
  ['identity.sign_ins', 'user_id = $2'],
  ['identity.passwords', 'user_id = $2'],
  ['identity.invitations', 'user_id = $2'],
  ['identity.directory_users', 'user_id = $2'],
];
