import type { ExportedTable } from '#libs/database';

const OF_PROJECT = 'project_id = $2';
const OF_OWNER = 'owner_id = $2';
const OF_JOB = 'job_id IN (SELECT job_id FROM memory.consolidation_jobs WHERE organisation_id = $1 AND project_id = $2)';

export const EXPORTED_MEMORY: readonly ExportedTable[] = [
  { table: 'memory.handoffs', key: ['handoff_id'], ofProject: OF_PROJECT, ofUser: OF_OWNER },
  { table: 'memory.messages', key: ['message_id'], ofProject: 'from_project_id = $2 OR to_project_id = $2', ofUser: 'from_user_id = $2 OR to_user_id = $2' },
  { table: 'memory.slots', key: ['slot_id'], ofProject: OF_PROJECT, ofUser: OF_OWNER },
  { table: 'memory.feedback', key: ['project_id', 'path', 'owner_id'], ofProject: OF_PROJECT, ofUser: OF_OWNER },
  { table: 'memory.briefings', key: ['owner_id', 'project_id', 'agent', 'native_session_id'], ofProject: OF_PROJECT, ofUser: OF_OWNER },
  { table: 'memory.touched_files', key: ['session_id', 'path'], ofProject: OF_PROJECT, ofUser: null },
  { table: 'memory.consolidation_jobs', key: ['job_id'], ofProject: OF_PROJECT, ofUser: null },
  { table: 'memory.model_calls', key: ['call_id'], ofProject: OF_JOB, ofUser: null },
  { table: 'memory.spending', key: ['month'], ofProject: null, ofUser: null },
];
