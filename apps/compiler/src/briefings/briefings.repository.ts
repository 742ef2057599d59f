import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

/** No agent goes on with a session that has been quiet for so long. */
const KEPT = `interval '30 days'`;

export interface BriefedSession {
  ownerId: string;
  projectId: string;
  agent: string;
  nativeSessionId: string;
}

/** Which sessions have been briefed: the only file that touches their table. */
@Injectable()
export class BriefingsRepository {
  /** True for the first of any number of calls, at once or one after the other. */
  async add(tx: TenantTx, { ownerId, projectId, agent, nativeSessionId }: BriefedSession): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO memory.briefings (organisation_id, owner_id, project_id, agent, native_session_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING 1`, [tx.organisationId, ownerId, projectId, agent, nativeSessionId]);
    return rows.length > 0;
  }

  async purge(tx: TenantTx, ownerId: string): Promise<void> {
    await tx.query(`DELETE FROM memory.briefings WHERE organisation_id = $1 AND owner_id = $2 AND given_at < now() - ${KEPT}`, [tx.organisationId, ownerId]);
  }
}
