import type { ErasurePlan } from '#libs/database';

const OF_PROJECT = 'project_id = $2';

/** What models cost in a month is the organisation's, and stays with it. `memory.slots` are their owners' (`ErasingService`). */
export const COMPILED_TABLES: ErasurePlan = [
  ['memory.model_calls', 'job_id IN (SELECT job_id FROM memory.consolidation_jobs WHERE organisation_id = $1 AND project_id = $2)'],
  ['memory.consolidation_jobs', OF_PROJECT],
  ['memory.purged_sessions', 'session_id IN (SELECT session_id FROM memory.compile_jobs WHERE organisation_id = $1 AND project_id = $2)'],
  ['memory.compile_jobs', OF_PROJECT],
  ['memory.handoffs', OF_PROJECT],
  ['memory.messages', 'from_project_id = $2 OR to_project_id = $2'],
  ['memory.touched_files', OF_PROJECT],
  ['memory.briefings', OF_PROJECT],
  ['memory.feedback', OF_PROJECT],
  ['memory.report_days', OF_PROJECT],
  ['memory.model_settings', null],
  ['memory.spending', null],
];

/** What of them is a person's own (`$2`); the rest goes with the purges of their sessions. */
export const PERSONAL_TABLES: ErasurePlan = [
  ['memory.handoffs', 'owner_id = $2'],
  ['memory.messages', 'from_user_id = $2 OR to_user_id = $2'],
  ['memory.briefings', 'owner_id = $2'],
  ['memory.feedback', 'owner_id = $2'],
];
