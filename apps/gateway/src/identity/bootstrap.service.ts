import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { accessOfRole, scopeOfCredential, scopeOfService, type TenantScope, type UserActor } from '#libs/tenancy';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { hashToken } from './access-token.js';
import { IdentityRepository, type UserRow } from './identity.repository.js';
import { EVERY_SCOPE } from './token-scopes.js';
import { type NewToken, TokensRepository } from './tokens.repository.js';

const OWNER = { name: 'owner', email: 'owner@localhost', role: 'owner', is_operator: true } as const;

const PRESET_NAME = 'bootstrap';

/** Makes sure that there is a first organisation, its owner, and the owner's token where one is preset. */
@Injectable()
export class BootstrapService {
  private owner: Promise<TenantScope> | undefined;

  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly tokens: TokensRepository) {}

  get organisationName(): string {
    return this.config.AI_MEMORY_ORGANISATION;
  }

  /** The bootstrap owner's scope; created at the first call, also when several processes start at once. */
  ownerScope(): Promise<TenantScope> {
    this.owner ??= this.create().catch((error: unknown) => {
      this.owner = undefined;
      throw error;
    });
    return this.owner;
  }

  private async create(): Promise<TenantScope> {
    const organisationId = await this.organisationId();
    const scope = scopeOfService(organisationId, 'gateway');
    const user = await this.db.run(scope, async (tx) => {
      const created = await this.identities.insertUser(tx, { ...OWNER, user_id: randomUUID() });
      const owner = created ?? (await this.identities.listUsers(tx)).find((each) => each.is_operator)!;
      await this.presetToken(tx, owner.user_id);
      return owner;
    });
    return scopeOfCredential(organisationId, actorOf(user), accessOfRole(user.role));
  }

  /** Whoever changes the preset expects the one before to be worth nothing. */
  private async presetToken(tx: TenantTx, userId: string): Promise<void> {
    const token = this.config.AI_MEMORY_AUTH_TOKEN;
    if (!token) return;
    const preset: NewToken = {
      token_id: randomUUID(), user_id: userId, kind: 'preset', name: PRESET_NAME, hash: hashToken(token), prefix: token.slice(0, 4), last_four: token.slice(-4),
      scopes: [...EVERY_SCOPE], project_ids: null, expires_at: null, created_by: null,
    };
    await this.tokens.revokeOtherPresets(tx, preset);
    await this.tokens.insert(tx, preset);
  }

  /** Another process may win the insert; then its organisation is the one. */
  private async organisationId(): Promise<string> {
    const name = this.config.AI_MEMORY_ORGANISATION;
    const found = await this.identities.findOrganisation(name);
    if (found) return found;
    const scope = scopeOfService(randomUUID(), 'gateway');
    const isOurs = await this.db.run(scope, (tx) => this.identities.insertOrganisation(tx, name));
    return isOurs ? scope.organisationId : (await this.identities.findOrganisation(name))!;
  }
}

function actorOf(user: UserRow): UserActor {
  return { type: 'user', userId: user.user_id, name: user.name, email: user.email, role: user.role, isOperator: user.is_operator };
}
