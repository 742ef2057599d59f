import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { type ConnectionRow, ConnectionsRepository, type NewConnection } from './connections.repository.js';
import { OAuthRecordsRepository } from './oauth-records.repository.js';

/** How long a person's consent holds; then the agent or the device asks again. */
export const CONNECTION_SECONDS = 90 * 86_400;
/** Whoever has more than so many lets go of the oldest. */
const CONNECTIONS_MAX = 50;

/** What people let act for them, and how they end it. */
@Injectable()
export class ConnectionsService {
  constructor(private readonly db: TenantDb, private readonly connections: ConnectionsRepository, private readonly records: OAuthRecordsRepository, private readonly bus: Bus) {}

  /** For the caller, who has just agreed. Gives the connection's id. */
  async connect(scope: TenantScope, connection: Omit<NewConnection, 'connection_id' | 'user_id'>): Promise<string> {
    const userId = userOf(scope)!.userId;
    const connectionId = randomUUID();
    const beyond = await this.db.run(scope, async (tx) => {
      await this.connections.insert(tx, { ...connection, connection_id: connectionId, user_id: userId }, CONNECTION_SECONDS);
      const facts = { client: connection.client_name, scopes: connection.scopes, project_ids: connection.project_ids };
      await recordAudit(tx, scope, { action: 'connection.made', target: `connection:${connectionId}`, after: facts });
      return this.connections.beyond(tx, userId, CONNECTIONS_MAX);
    });
    for (const each of beyond) await this.revoke(scope, each);
    return connectionId;
  }

  /** The caller's own. */
  list(scope: TenantScope): Promise<ConnectionRow[]> {
    return this.db.run(scope, (tx) => this.connections.list(tx, userOf(scope)!.userId));
  }

  /** One of the caller's own. Throws NOT_FOUND, the same for others' and absent ones. */
  async revoke(scope: TenantScope, connectionId: string): Promise<ConnectionRow> {
    const row = await this.db.run(scope, async (tx) => {
      announceAccess(this.bus, tx, scope);
      const revoked = await this.connections.revoke(tx, userOf(scope)!.userId, connectionId);
      if (revoked) await recordAudit(tx, scope, { action: 'connection.revoked', target: `connection:${connectionId}`, after: { client: revoked.client_name } });
      return revoked;
    });
    if (!row) throw new Fault(NOT_FOUND);
    await this.records.removeOfConnection(connectionId);
    return row;
  }

  /** What the library has revoked is gone from the list too. */
  async noteRevoked(account: string, connectionId: string): Promise<void> {
    const named = accountOf(account);
    if (named) await this.db.run(scopeOfService(named.organisationId, 'gateway'), (tx) => this.connections.revoke(tx, named.userId, connectionId));
  }

  /** A connection in force; notes that it is used. */
  findLive(organisationId: string, connectionId: string): Promise<ConnectionRow | undefined> {
    return this.db.run(scopeOfService(organisationId, 'gateway'), async (tx) => {
      const row = await this.connections.findLive(tx, connectionId);
      if (row) await this.connections.noteUse(tx, connectionId);
      return row;
    });
  }
}

/** How a user is named to oidc-provider. */
export function accountName(scope: TenantScope): string {
  return `${scope.organisationId}.${userOf(scope)!.userId}`;
}

const ACCOUNT = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

export function accountOf(name: string | undefined): { organisationId: string; userId: string } | undefined {
  const match = ACCOUNT.exec(name ?? '');
  return match ? { organisationId: match[1]!, userId: match[2]! } : undefined;
}
