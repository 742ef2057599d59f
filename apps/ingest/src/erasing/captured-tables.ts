import type { ErasurePlan } from '#libs/database';

const OF_SESSION = 'session_id IN (SELECT session_id FROM capture.sessions WHERE organisation_id = $1 AND project_id = $2)';

/** Keys say nothing of what they keep from coming twice, and end by themselves. */
export const CAPTURED_TABLES: ErasurePlan = [
  ['capture.observations', OF_SESSION],
  ['capture.purged_sessions', OF_SESSION],
  ['capture.sessions', 'project_id = $2'],
  ['capture.retention', 'project_id = $2'],
  ['capture.ingest_keys', null],
  ['capture.outbox', null],
];
