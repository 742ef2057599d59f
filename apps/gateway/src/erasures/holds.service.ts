import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
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
    return this.db.run(scope, (tx) => this.holds.insert(tx, { hold_id: randomUUID(), project_id: projectId, reason, placed_by: userOf(scope)!.userId }));
  }

  list(scope: TenantScope): Promise<HoldRow[]> {
    return this.db.run(scope, (tx) => this.holds.list(tx));
  }

  async lift(scope: TenantScope, holdId: string): Promise<HoldRow> {
    const row = await this.db.run(scope, (tx) => this.holds.lift(tx, holdId, userOf(scope)!.userId));
    if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such hold.' });
    return row;
  }

  /** Throws `erasure.on-hold` where the project may not be touched. */
  async refuse(scope: TenantScope, projectId: string): Promise<void> {
    if (await this.db.run(scope, (tx) => this.holds.covers(tx, projectId))) throw new Fault(ON_HOLD);
  }
}
