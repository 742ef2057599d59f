import type { ExportedTable } from '#libs/database';

const sessionsWhere = (condition: string): string => `session_id IN (SELECT session_id FROM capture.sessions WHERE organisation_id = $1 AND ${condition})`;

export const EXPORTED_CAPTURE: readonly ExportedTable[] = [
  { table: 'capture.sessions', key: ['session_id'], ofProject: 'project_id = $2', ofUser: 'owner_id = $2' },
  { table: 'capture.observations', key: ['session_id', 'sequence'], ofProject: sessionsWhere('project_id = $2'), ofUser: sessionsWhere('owner_id = $2') },
  { table: 'capture.retention', key: ['days'], ofProject: 'project_id = $2', ofUser: null },
];
