import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseCaptured, ListUserSessions, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { erasePiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { CAPTURED_TABLES } from './captured-tables.js';

const SESSIONS_MAX = 20;

@Controller()
export class ErasingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(EraseCaptured)
  erase(scope: TenantScope, { projectId }: ParsedInputOf<typeof EraseCaptured>): Promise<OutputOf<typeof EraseCaptured>> {
    return erasePiece(this.db, scope, CAPTURED_TABLES, projectId);
  }

  @Serves(ListUserSessions)
  async owned(scope: TenantScope, { userId }: ParsedInputOf<typeof ListUserSessions>): Promise<OutputOf<typeof ListUserSessions>> {
    const rows = await this.db.run(scope, (tx) => tx.query<{ sessionId: string; projectId: string }>(
      `SELECT session_id AS "sessionId", project_id AS "projectId" FROM capture.sessions WHERE organisation_id = $1 AND owner_id = $2 ORDER BY session_id LIMIT ${SESSIONS_MAX}`, [tx.organisationId, userId]));
    return { sessions: rows };
  }
}
