import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

export interface HoldRow {
  hold_id: string;
  /** Null where it covers the organisation. */
  project_id: string | null;
  reason: string;
  placed_by: string;
  placed_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
}

const COLUMNS = 'hold_id, project_id, reason, placed_by, placed_at, lifted_by, lifted_at';

/** Legal holds. */
@Injectable()
export class HoldsRepository {
  async insert(tx: TenantTx, hold: Pick<HoldRow, 'hold_id' | 'project_id' | 'reason' | 'placed_by'>): Promise<HoldRow> {
    const [row] = await tx.query<HoldRow>(
      `INSERT INTO tenancy.holds (organisation_id, hold_id, project_id, reason, placed_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
      [tx.organisationId, hold.hold_id, hold.project_id, hold.reason, hold.placed_by]);
    return row!;
  }

  /** Those in force first, then the last placed; at most 200. */
  list(tx: TenantTx): Promise<HoldRow[]> {
    return tx.query<HoldRow>(`SELECT ${COLUMNS} FROM tenancy.holds WHERE organisation_id = $1 ORDER BY lifted_at IS NOT NULL, placed_at DESC LIMIT 200`, [tx.organisationId]);
  }

  async lift(tx: TenantTx, holdId: string, by: string): Promise<HoldRow | undefined> {
    const [row] = await tx.query<HoldRow>(
      `UPDATE tenancy.holds SET lifted_at = coalesce(lifted_at, now()), lifted_by = coalesce(lifted_by, $3) WHERE organisation_id = $1 AND hold_id = $2 RETURNING ${COLUMNS}`, [tx.organisationId, holdId, by]);
    return row;
  }

  /** Whether a project may not be touched, or, without one, any part of the organisation. */
  async covers(tx: TenantTx, projectId: string | null): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM tenancy.holds WHERE organisation_id = $1 AND lifted_at IS NULL AND ($2::uuid IS NULL OR project_id IS NULL OR project_id = $2) LIMIT 1', [tx.organisationId, projectId]);
    return rows.length > 0;
  }
}
