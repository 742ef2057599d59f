import type { ErasurePlan } from '#libs/database';

const OF_PROJECT = 'project_id = $2';

export const INDEX_TABLES: ErasurePlan = [
  ['search.slices', 'segment_id IN (SELECT segment_id FROM search.segments WHERE organisation_id = $1 AND project_id = $2)'],
  ['search.segments', OF_PROJECT],
  ['search.removals', OF_PROJECT],
  // Of each session, and of the project itself.
  ['search.cursors', 'project_id = $2 OR subject_id = $2 OR subject_id IN (SELECT session_id FROM search.documents WHERE organisation_id = $1 AND project_id = $2)'],
  ['search.documents', OF_PROJECT],
  ['search.statistics', OF_PROJECT],
  ['search.reindexes', OF_PROJECT],
  ['search.indexes', OF_PROJECT],
];
