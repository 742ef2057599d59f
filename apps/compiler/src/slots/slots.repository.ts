import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ParsedInputOf, Slot, WriteSlot } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

interface Row {
  slot_id: string;
  project_id: string | null;
  name: string;
  kind: Slot['kind'];
  body: string;
  agent: string | null;
  updated_at: Date;
}

export type NewSlot = Pick<ParsedInputOf<typeof WriteSlot>, 'projectId' | 'name' | 'kind' | 'text' | 'agent'>;

const COLUMNS = 'slot_id, project_id, name, kind, body, agent, updated_at';
const NAMED = 'organisation_id = $1 AND owner_id = $2 AND project_id IS NOT DISTINCT FROM $3 AND name = $4';

/** Slots of persons: the only file that touches their table. Row-level security shows each person's to that person alone. */
@Injectable()
export class SlotsRepository {
  /** One person's writes wait for each other until the transaction ends. */
  async serialise(tx: TenantTx, ownerId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`slots ${tx.organisationId} ${ownerId}`]);
  }

  async list(tx: TenantTx, ownerId: string, projectId: string | null): Promise<Slot[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.slots WHERE organisation_id = $1 AND owner_id = $2 AND (project_id IS NULL OR project_id = $3)
       ORDER BY project_id IS NOT NULL, name`, [tx.organisationId, ownerId, projectId]);
    return rows.map(toSlot);
  }

  async put(tx: TenantTx, ownerId: string, { projectId, name, kind, text, agent }: NewSlot): Promise<Slot> {
    const [row] = await tx.query<Row>(
      `INSERT INTO memory.slots (organisation_id, owner_id, project_id, name, slot_id, kind, body, agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organisation_id, owner_id, project_id, name) DO UPDATE
       SET slot_id = excluded.slot_id, kind = excluded.kind, body = excluded.body, agent = excluded.agent, updated_at = now() RETURNING ${COLUMNS}`,
      [tx.organisationId, ownerId, projectId, name, randomUUID(), kind, text, agent]);
    return toSlot(row!);
  }

  async remove(tx: TenantTx, ownerId: string, projectId: string | null, name: string): Promise<void> {
    await tx.query(`DELETE FROM memory.slots WHERE ${NAMED}`, [tx.organisationId, ownerId, projectId, name]);
  }
}

function toSlot({ slot_id: slotId, project_id: projectId, body: text, updated_at: updatedAt, ...rest }: Row): Slot {
  return { ...rest, slotId, projectId, text, updatedAt: updatedAt.toISOString() };
}
