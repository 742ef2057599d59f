import type { ExportedTable } from '#libs/database';

const OF_PROJECT = 'project_id = $2';

/** Pages as they are; their history is in git, and a clone has it. */
export const EXPORTED_WIKI: readonly ExportedTable[] = [
  { table: 'wiki.pages', key: ['project_id', 'path'], ofProject: OF_PROJECT, ofUser: null },
  { table: 'wiki.proposals', key: ['proposal_id'], ofProject: OF_PROJECT, ofUser: null },
  { table: 'wiki.pushed_commits', key: ['project_id', 'commit'], ofProject: OF_PROJECT, ofUser: 'user_id = $2' },
  { table: 'wiki.page_reads', key: ['project_id', 'path', 'user_id'], ofProject: OF_PROJECT, ofUser: 'user_id = $2' },
  { table: 'wiki.purges', key: ['purge_id'], ofProject: OF_PROJECT, ofUser: null },
  { table: 'wiki.webhooks', key: ['webhook_id'], ofProject: null, ofUser: null, without: ['sealed_secret'] },
];
