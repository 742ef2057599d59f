import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseCompiled, EraseUserCompiled, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { erasePiece, TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { COMPILED_TABLES, PERSONAL_TABLES } from './compiled-tables.js';

@Controller()
export class ErasingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(EraseCompiled)
  async erase(scope: TenantScope, { projectId }: ParsedInputOf<typeof EraseCompiled>): Promise<OutputOf<typeof EraseCompiled>> {
    const piece = await erasePiece(this.db, scope, COMPILED_TABLES, projectId);
    const slots = piece.isDone ? await this.db.erase(scope, (tx) => eraseSlots(tx, projectId)) : 0;
    return slots > 0 ? { ...piece, rows: { ...piece.rows, 'memory.slots': slots } } : piece;
  }

  @Serves(EraseUserCompiled)
  async eraseUser(scope: TenantScope, { userId }: ParsedInputOf<typeof EraseUserCompiled>): Promise<OutputOf<typeof EraseUserCompiled>> {
    const piece = await erasePiece(this.db, scope, PERSONAL_TABLES, userId);
    const slots = piece.isDone ? await this.db.erase(scope, (tx) => eraseSlotsOf(tx, userId, null)) : 0;
    return slots > 0 ? { ...piece, rows: { ...piece.rows, 'memory.slots': slots } } : piece;
  }
}

/** A slot can be touched in its owner's name alone, so that each owner's are deleted in turn. */
async function eraseSlots(tx: TenantTx, projectId: string | null): Promise<number> {
  const owners = await tx.query<{ owner_id: string }>('SELECT owner_id FROM memory.slot_owners() AS owner_id');
  let erased = 0;
  for (const { owner_id: ownerId } of owners) erased += await eraseSlotsOf(tx, ownerId, projectId);
  return erased;
}

async function eraseSlotsOf(tx: TenantTx, ownerId: string, projectId: string | null): Promise<number> {
  await tx.query(`SELECT set_config('app.user_id', $1, true)`, [ownerId]);
  const rows = await tx.query('DELETE FROM memory.slots WHERE organisation_id = $1 AND ($2::uuid IS NULL OR project_id = $2) RETURNING 1', [tx.organisationId, projectId]);
  return rows.length;
}
