import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { ConnectionKind, GrantableScope } from './oauth-scopes.js';

export interface ConnectionRow {
  connection_id: string;
  user_id: string;
  kind: ConnectionKind;
  client_id: string;
  client_name: string;
  client_host: string | null;
  scopes: GrantableScope[];
  /** Null: all that its user may. */
  project_ids: string[] | null;
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
}

export type NewConnection = Pick<ConnectionRow, 'connection_id' | 'user_id' | 'kind' | 'client_id' | 'client_name' | 'client_host' | 'scopes' | 'project_ids'>;

const COLUMNS = 'connection_id, user_id, kind, client_id, client_name, client_host, scopes, project_ids, created_at, expires_at, last_used_at';
const LIVE = 'revoked_at IS NULL AND expires_at > now()';
const NOTED_EVERY = "interval '15 minutes'";

/** Agents and devices that people have let act for them. */
@Injectable()
export class ConnectionsRepository {
  async insert(tx: TenantTx, connection: NewConnection, lifeSeconds: number): Promise<void> {
    await tx.query(
      `INSERT INTO identity.connections (organisation_id, connection_id, user_id, kind, client_id, client_name, client_host, scopes, project_ids, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10))`,
      [tx.organisationId, connection.connection_id, connection.user_id, connection.kind, connection.client_id, connection.client_name, connection.client_host, connection.scopes, connection.project_ids, lifeSeconds]);
  }

  /** Of one user, the newest first. */
  list(tx: TenantTx, userId: string): Promise<ConnectionRow[]> {
    return tx.query<ConnectionRow>(`SELECT ${COLUMNS} FROM identity.connections WHERE organisation_id = $1 AND user_id = $2 AND ${LIVE} ORDER BY created_at DESC, connection_id`, [tx.organisationId, userId]);
  }

  /** Those of a user that are older than the newest so many. */
  async beyond(tx: TenantTx, userId: string, kept: number): Promise<string[]> {
    const rows = await tx.query<{ connection_id: string }>(`SELECT connection_id FROM identity.connections WHERE organisation_id = $1 AND user_id = $2 AND ${LIVE} ORDER BY created_at DESC OFFSET $3`, [tx.organisationId, userId, kept]);
    return rows.map(({ connection_id }) => connection_id);
  }

  async revoke(tx: TenantTx, userId: string, connectionId: string): Promise<ConnectionRow | undefined> {
    const [row] = await tx.query<ConnectionRow>(
      `UPDATE identity.connections SET revoked_at = now() WHERE organisation_id = $1 AND user_id = $2 AND connection_id = $3 AND ${LIVE} RETURNING ${COLUMNS}`, [tx.organisationId, userId, connectionId]);
    return row;
  }

  async findLive(tx: TenantTx, connectionId: string): Promise<ConnectionRow | undefined> {
    const [row] = await tx.query<ConnectionRow>(`SELECT ${COLUMNS} FROM identity.connections WHERE organisation_id = $1 AND connection_id = $2 AND ${LIVE}`, [tx.organisationId, connectionId]);
    return row;
  }

  async noteUse(tx: TenantTx, connectionId: string): Promise<void> {
    await tx.query(
      `UPDATE identity.connections SET last_used_at = now() WHERE organisation_id = $1 AND connection_id = $2 AND (last_used_at IS NULL OR last_used_at < now() - ${NOTED_EVERY})`, [tx.organisationId, connectionId]);
  }
}
