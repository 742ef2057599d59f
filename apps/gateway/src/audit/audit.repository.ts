import { Injectable } from '@nestjs/common';
import type { ChainPlace, Link } from '#libs/audit';
import type { TenantTx } from '#libs/database';

/** What is asked for; all that is given must hold. */
export interface AuditFilter {
  /** Id or name. */
  readonly actor?: string;
  /** One action, or all of a kind: `token` is every `token.…`. */
  readonly action?: string;
  /** Its beginning. */
  readonly target?: string;
  /** ISO 8601 in UTC with milliseconds, as entries have it. */
  readonly from?: string;
  readonly to?: string;
}

export interface Chain {
  readonly anchor: ChainPlace;
  readonly head: ChainPlace;
}

const MATCHES = `organisation_id = $1
  AND ($2::text IS NULL OR actor_id = $2 OR actor_id IN (SELECT user_id::text FROM identity.users WHERE organisation_id = $1 AND name = $2)) AND ($3::text IS NULL OR action = $3 OR starts_with(action, $3 || '.'))
  AND ($4::text IS NULL OR starts_with(target, $4)) AND ($5::text IS NULL OR at >= $5) AND ($6::text IS NULL OR at < $6)`;
const LINK = 'position::float8 AS position, content::text AS content, hash';

/** The log of an organisation: the only file that reads its tables. Nothing here could change an entry. */
@Injectable()
export class AuditRepository {
  /** Gives committed entries their place in the chain; how many. */
  async seal(tx: TenantTx, entriesMax: number): Promise<number> {
    const [row] = await tx.query<{ sealed: number }>('SELECT audit.seal($1) AS sealed', [entriesMax]);
    return row!.sealed;
  }

  /** Takes away what is older than the organisation keeps. */
  async forget(tx: TenantTx, entriesMax: number): Promise<{ forgotten: number; until: number } | undefined> {
    const [row] = await tx.query<{ forgotten: number; until: number }>('SELECT forgotten, until::float8 AS until FROM audit.forget($1)', [entriesMax]);
    return row;
  }

  async chain(tx: TenantTx): Promise<Chain> {
    const [row] = await tx.query<{ headPosition: number; headHash: string; anchorPosition: number; anchorHash: string }>(
      `SELECT head_position::float8 AS "headPosition", head_hash AS "headHash", anchor_position::float8 AS "anchorPosition", anchor_hash AS "anchorHash"
       FROM audit.chains WHERE organisation_id = $1`, [tx.organisationId]);
    return { anchor: { position: row!.anchorPosition, hash: row!.anchorHash }, head: { position: row!.headPosition, hash: row!.headHash } };
  }

  /** Newest first. */
  before(tx: TenantTx, filter: AuditFilter, position: number | null, limit: number): Promise<Link[]> {
    return tx.query<Link>(`SELECT ${LINK} FROM audit.entries WHERE ${MATCHES} AND ($7::bigint IS NULL OR position < $7) ORDER BY audit.entries.position DESC LIMIT $8`, [...valuesOf(tx, filter), position, limit]);
  }

  /** Oldest first. */
  after(tx: TenantTx, filter: AuditFilter, position: number, limit: number): Promise<Link[]> {
    return tx.query<Link>(`SELECT ${LINK} FROM audit.entries WHERE ${MATCHES} AND position > $7 ORDER BY audit.entries.position LIMIT $8`, [...valuesOf(tx, filter), position, limit]);
  }

  /** What those who made the entries are called now, by id; who was erased is not among them. */
  async names(tx: TenantTx, links: readonly Link[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ user_id: string; name: string }>(
      'SELECT user_id, name FROM identity.users u WHERE organisation_id = $1 AND EXISTS (SELECT FROM audit.entries e WHERE e.organisation_id = $1 AND e.position = ANY ($2::bigint[]) AND e.actor_id = u.user_id::text)',
      [tx.organisationId, links.map(({ position }) => position)]);
    return new Map(rows.map(({ user_id: userId, name }) => [userId, name]));
  }

  /** Null: for ever. */
  async retentionDays(tx: TenantTx): Promise<number | null> {
    const [row] = await tx.query<{ days: number }>('SELECT retention_days AS days FROM audit.settings WHERE organisation_id = $1', [tx.organisationId]);
    return row?.days ?? null;
  }

  async saveRetention(tx: TenantTx, days: number | null): Promise<void> {
    if (days === null) return void (await tx.query('DELETE FROM audit.settings WHERE organisation_id = $1', [tx.organisationId]));
    await tx.query('INSERT INTO audit.settings (organisation_id, retention_days) VALUES ($1, $2) ON CONFLICT (organisation_id) DO UPDATE SET retention_days = excluded.retention_days', [tx.organisationId, days]);
  }
}

function valuesOf(tx: TenantTx, { actor, action, target, from, to }: AuditFilter): unknown[] {
  return [tx.organisationId, actor ?? null, action ?? null, target ?? null, from ?? null, to ?? null];
}
