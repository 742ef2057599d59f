import type { ExportedTable } from '#libs/database';

const OF_USER = 'user_id = $2';

export const EXPORTED_IDENTITY: readonly ExportedTable[] = [
  { table: 'identity.organisations', key: ['organisation_id'], ofProject: null, ofUser: null },
  { table: 'identity.users', key: ['user_id'], ofProject: null, ofUser: OF_USER },
  { table: 'identity.groups', key: ['group_id'], ofProject: null, ofUser: 'group_id IN (SELECT group_id FROM identity.group_members WHERE organisation_id = $1 AND user_id = $2)' },
  { table: 'identity.group_members', key: ['group_id', 'user_id'], ofProject: null, ofUser: OF_USER },
  { table: 'identity.grants', key: ['grant_id'], ofProject: 'project_id = $2', ofUser: OF_USER },
  { table: 'identity.tokens', key: ['token_id'], ofProject: null, ofUser: OF_USER, without: ['hash'] },
  { table: 'identity.token_policies', key: ['organisation_id'], ofProject: null, ofUser: null },
  { table: 'identity.accounts', key: ['issuer', 'subject'], ofProject: null, ofUser: OF_USER },
  { table: 'identity.sign_ins', key: ['sign_in_id'], ofProject: null, ofUser: OF_USER, without: ['hash', 'sealed_id_token'] },
  { table: 'identity.passwords', key: ['user_id'], ofProject: null, ofUser: OF_USER, without: ['hash'] },
  { table: 'identity.invitations', key: ['user_id'], ofProject: null, ofUser: OF_USER, without: ['hash'] },
  { table: 'identity.directory_users', key: ['user_id'], ofProject: null, ofUser: OF_USER },
  { table: 'identity.directory_groups', key: ['group_id'], ofProject: null, ofUser: null },
  { table: 'identity.sign_on_settings', key: ['organisation_id'], ofProject: null, ofUser: null, without: ['sealed_secret'] },
  { table: 'identity.connections', key: ['connection_id'], ofProject: null, ofUser: OF_USER },
  { table: 'identity.workspaces', key: ['workspace_id'], ofProject: null, ofUser: null },
  { table: 'identity.projects', key: ['project_id'], ofProject: 'project_id = $2', ofUser: null },
  { table: 'identity.limits', key: ['organisation_id'], ofProject: null, ofUser: null },
  { table: 'identity.used_days', key: ['day'], ofProject: null, ofUser: null },
  { table: 'audit.entries', key: ['position'], ofProject: null, ofUser: 'actor_id = $2::text' },
  { table: 'audit.settings', key: ['organisation_id'], ofProject: null, ofUser: null },
  { table: 'tenancy.holds', key: ['hold_id'], ofProject: 'project_id = $2', ofUser: null },
  { table: 'tenancy.erasures', key: ['erasure_id'], ofProject: null, ofUser: null, without: ['waits_for'] },
  { table: 'tenancy.user_erasures', key: ['erasure_id'], ofProject: null, ofUser: null, without: ['waits_for'] },
];
