import type { ErasurePlan } from '#libs/database';

const OF_PROJECT = 'project_id = $2';

export const WIKI_TABLES: ErasurePlan = [
  ['wiki.relations', OF_PROJECT],
  ['wiki.links', OF_PROJECT],
  ['wiki.page_reads', OF_PROJECT],
  ['wiki.proposals', OF_PROJECT],
  ['wiki.pages', OF_PROJECT],
  ['wiki.pushed_commits', OF_PROJECT],
  ['wiki.purged_blobs', OF_PROJECT],
  ['wiki.purges', OF_PROJECT],
  ['wiki.retention', OF_PROJECT],
  ['wiki.review_modes', OF_PROJECT],
  ['wiki.heads', OF_PROJECT],
  ['wiki.webhook_deliveries', OF_PROJECT],
  ['wiki.webhook_positions', OF_PROJECT],
  ['wiki.webhooks', null],
  ['wiki.outbox', null],
];
