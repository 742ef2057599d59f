import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { ON_HOLD } from './erasures.faults.js';
import { type HoldRow, HoldsRepository } from './holds.repository.js';

/** Legal holds: what they cover is neither erased nor purged. */
@Injectable()
export class HoldsService {
  constructor(private readonly db: TenantDb, private readonly holds: HoldsRepository) {}

  /** On a project, or without one on the organisation. */
  async place(scope: TenantScope, projectId: string | null, reason: string): Promise<HoldRow> {
    return this.db.run(scope, async (tx) => {
      const row = await this.holds.insert(tx, { hold_id: randomUUID(), project_id: projectId, reason, placed_by: userOf(scope)!.userId });
      await recordAudit(tx, scope, { action: 'hold.placed', target: `hold:${row.hold_id}`, after: { project_id: projectId } });
      return row;
    });
  }

  list(scope: TenantScope): Promise<HoldRow[]> {
    return this.db.run(scope, (tx) => this.holds.list(tx));
  }

  async lift(scope: TenantScope, holdId: string): Promise<HoldRow> {
    const row = await this.db.run(scope, async (tx) => {
      const lifted = await this.holds.lift(tx, holdId, userOf(scope)!.userId);
      if (lifted) await recordAudit(tx, scope, { action: 'hold.lifted', target: `hold:${holdId}`, after: { project_id: lifted.project_id } });
      return lifted;
    });
    if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such hold.' });
    return row;
  }

  /** Throws `erasure.on-hold` where the project may not be touched. */
  async refuse(scope: TenantScope, projectId: string): Promise<void> {
    if (await this.db.run(scope, (tx) => this.holds.covers(tx, projectId))) throw new Fault(ON_HOLD);
  }
}
