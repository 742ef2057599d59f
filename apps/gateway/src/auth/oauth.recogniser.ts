import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { accountOf, ConnectionsService } from '../oauth/connections.service.js';
import { OAuthRecordsRepository } from '../oauth/oauth-records.repository.js';
import { keysOfId, unseal } from '../oauth/sealed-record.js';
import { scopeOfCaller } from './caller-scope.js';
import { KnownSecrets } from './known-secrets.js';
import { publicAddress } from './public-address.js';
import type { Recogniser } from './recogniser.js';
import type { Credential } from './token-cache.js';

/** What the authorization server wrote down of an access token. */
interface AccessTokenRecord {
  accountId?: string;
  grantId?: string;
  aud?: string;
  scope?: string;
}

/** Knows the access tokens that our own authorization server has given to agents and devices. */
@Injectable()
export class OAuthRecogniser implements Recogniser {
  private readonly address;
  private readonly known = new KnownSecrets();

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig, private readonly records: OAuthRecordsRepository, private readonly connections: ConnectionsService, private readonly identities: IdentityRepository,
  ) {
    this.address = publicAddress(config);
  }

  /** The credential of a live token that is for this server; null for any other string. */
  async recognise(token: string): Promise<Credential | null> {
    const record = await this.find(token);
    const account = accountOf(record?.accountId);
    if (!account || !record?.grantId || !this.isForUs(record.aud)) return null;
    const [connection, caller] = await Promise.all([this.connections.findLive(account.organisationId, record.grantId), this.identities.findCaller(account.organisationId, account.userId)]);
    if (!caller || connection?.user_id !== account.userId) return null;
    const named = record.scope?.split(' ') ?? [];
    const limits = { scopes: connection.scopes.filter((scope) => named.includes(scope)), projectIds: connection.project_ids };
    this.known.add(token);
    return { scope: scopeOfCaller(caller, { limits }), organisation: caller.organisation, tokenId: null, isForMcp: record.aud === this.address!.resource, again: () => this.recognise(token) };
  }

  knew(token: string): boolean {
    return this.known.has(token);
  }

  private async find(token: string): Promise<AccessTokenRecord | undefined> {
    if (!this.address || !/^mem_(oat|dev)_/.test(token)) return undefined;
    const { hash, key } = keysOfId(token);
    const row = await this.records.find('AccessToken', hash);
    return row && unseal(row.sealed, row.key_by_id, key);
  }

  private isForUs(audience: string | undefined): boolean {
    return audience === this.address!.resource || audience === this.address!.origin;
  }
}
