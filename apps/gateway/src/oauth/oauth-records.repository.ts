import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { scopeOfService } from '#libs/tenancy';
import { BootstrapService } from '../identity/bootstrap.service.js';
import type { SealedRecord } from './sealed-record.js';

export interface RecordRow {
  sealed: Buffer;
  key_by_id: Buffer;
  key_by_other: Buffer | null;
  consumed_at: Date | null;
}

const COLUMNS = 'sealed, key_by_id, key_by_other, consumed_at';

/** What the authorization server keeps: clients, requests under way, codes, tokens. All are the installation's, found by hashes. */
@Injectable()
export class OAuthRecordsRepository {
  constructor(private readonly db: TenantDb, private readonly bootstrap: BootstrapService) {}

  save(kind: string, record: SealedRecord, connectionId: string | null, lifeSeconds: number): Promise<void> {
    return this.run(async (tx) => {
      await tx.query(
        `INSERT INTO identity.oauth_records (organisation_id, kind, id_hash, other_hash, connection_id, sealed, key_by_id, key_by_other, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9))
         ON CONFLICT (organisation_id, kind, id_hash) DO UPDATE SET other_hash = EXCLUDED.other_hash, connection_id = EXCLUDED.connection_id, sealed = EXCLUDED.sealed,
           key_by_id = EXCLUDED.key_by_id, key_by_other = EXCLUDED.key_by_other, expires_at = EXCLUDED.expires_at`,
        [tx.organisationId, kind, record.idHash, record.otherHash, connectionId, record.sealed, record.keyById, record.keyByOther, lifeSeconds]);
    });
  }

  find(kind: string, idHash: Buffer): Promise<RecordRow | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM identity.oauth_records WHERE organisation_id = $1 AND kind = $2 AND id_hash = $3 AND expires_at > now()`, kind, idHash);
  }

  findByOther(kind: string, otherHash: Buffer): Promise<RecordRow | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM identity.oauth_records WHERE organisation_id = $1 AND kind = $2 AND other_hash = $3 AND expires_at > now()`, kind, otherHash);
  }

  /** Whether it was this call that used it up: of two at once, one. */
  async consume(kind: string, idHash: Buffer): Promise<boolean> {
    return (await this.one(`UPDATE identity.oauth_records SET consumed_at = now() WHERE organisation_id = $1 AND kind = $2 AND id_hash = $3 AND consumed_at IS NULL RETURNING ${COLUMNS}`, kind, idHash)) !== undefined;
  }

  /** Lets a record live for so long from now on. */
  keep(kind: string, idHash: Buffer, lifeSeconds: number): Promise<void> {
    return this.run(async (tx) => void (await tx.query('UPDATE identity.oauth_records SET expires_at = now() + make_interval(secs => $4) WHERE organisation_id = $1 AND kind = $2 AND id_hash = $3', [tx.organisationId, kind, idHash, lifeSeconds])));
  }

  async remove(kind: string, idHash: Buffer): Promise<void> {
    await this.one('DELETE FROM identity.oauth_records WHERE organisation_id = $1 AND kind = $2 AND id_hash = $3', kind, idHash);
  }

  removeOfConnection(connectionId: string): Promise<void> {
    return this.run(async (tx) => void (await tx.query('DELETE FROM identity.oauth_records WHERE organisation_id = $1 AND connection_id = $2', [tx.organisationId, connectionId])));
  }

  /** Notes that a device asks; whether it had asked less than so many seconds ago. */
  async hasJustAsked(kind: string, idHash: Buffer, seconds: number): Promise<boolean> {
    const row = await this.run(async (tx) => (await tx.query<{ is_soon: boolean }>(
      `WITH before AS (SELECT asked_at FROM identity.oauth_records WHERE organisation_id = $1 AND kind = $2 AND id_hash = $3 FOR UPDATE)
       UPDATE identity.oauth_records r SET asked_at = now() FROM before
       WHERE r.organisation_id = $1 AND r.kind = $2 AND r.id_hash = $3 RETURNING coalesce(before.asked_at > now() - make_interval(secs => $4), false) AS is_soon`,
      [tx.organisationId, kind, idHash, seconds]))[0]);
    return row?.is_soon ?? false;
  }

  /** How many have so little time left. */
  async countEnding(kind: string, withinSeconds: number): Promise<number> {
    const [row] = await this.run((tx) => tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM identity.oauth_records WHERE organisation_id = $1 AND kind = $2 AND expires_at BETWEEN now() AND now() + make_interval(secs => $3)', [tx.organisationId, kind, withinSeconds]));
    return row!.count;
  }

  /** Removes what nobody can use any more. */
  removeExpired(): Promise<void> {
    return this.run(async (tx) => void (await tx.query('DELETE FROM identity.oauth_records WHERE organisation_id = $1 AND expires_at <= now()', [tx.organisationId])));
  }

  private async one(sql: string, kind: string, hash: Buffer): Promise<RecordRow | undefined> {
    return this.run(async (tx) => (await tx.query<RecordRow>(sql, [tx.organisationId, kind, hash]))[0]);
  }

  private async run<T>(work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const { organisationId } = await this.bootstrap.ownerScope();
    return this.db.run(scopeOfService(organisationId, 'gateway'), work);
  }
}
