import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { decide, type TenantScope, userOf } from '#libs/tenancy';
import { hashToken, makeToken } from './access-token.js';
import { TOKEN_ENDED, TOKEN_EXCEEDED, TOKEN_PRESET } from './identity.faults.js';
import { IdentityRepository } from './identity.repository.js';
import { announceAccess } from './announce-access.js';
import { requireOwner } from './require-owner.js';
import { requireWriter } from './require-writer.js';
import { daysAgain, expiryOf, POLICY_DEFAULT, stateOf, type TokenPolicy } from './token-life.js';
import { EVERY_SCOPE, isWithin, type TokenReach, type TokenScope } from './token-scopes.js';
import { type TokenRow, TokensRepository } from './tokens.repository.js';

const HOUR_MS = 3_600_000;

/** What a token may, and for how long; where nothing is said: as much as the one that it is made with, and as long as usual. */
export interface TokenWishes {
  /** Null: for ever. */
  days?: number | null;
  scopes?: readonly TokenScope[];
  projectIds?: readonly string[];
}

export interface IssuedToken {
  row: TokenRow;
  /** Shown once; only its hash is kept. */
  token: string;
}

/** The life of tokens: made, rotated, revoked. */
@Injectable()
export class TokensService {
  constructor(private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly tokens: TokensRepository, private readonly bus: Bus) {}

  /** People make their own tokens; an admin makes them for everybody in the organisation but its owners, and an owner for everybody. */
  async create(scope: TenantScope, userId: string, name: string, wishes: TokenWishes = {}): Promise<IssuedToken> {
    requireWriter(scope);
    const isOwn = userOf(scope)?.userId === userId;
    if (!isOwn) requirePermission(scope, 'admin:tokens');
    return this.db.run(scope, async (tx) => {
      const user = await this.identities.findUser(tx, userId);
      if (!user) throw new Fault(NOT_FOUND);
      // Whoever has an owner's token is that owner.
      if (!isOwn && user.role === 'owner') requireOwner(scope);
      const expires_at = expiryOf(wishes.days, await this.policyIn(tx), new Date());
      return this.issue(tx, scope, { user_id: userId, kind: user.kind === 'service' ? 'svc' : 'pat', name, expires_at, created_by: userOf(scope)?.userId ?? null, ...reachOf(scope, wishes) });
    });
  }

  /** For whoever has decided already that there is to be one: a new organisation, a device that signed in. */
  async issue(tx: TenantTx, by: TenantScope, wanted: Pick<TokenRow, 'user_id' | 'name' | 'expires_at' | 'created_by' | 'scopes' | 'project_ids'> & { kind: 'pat' | 'svc' | 'dev' }): Promise<IssuedToken> {
    const token = makeToken(wanted.kind);
    const row = await this.tokens.insert(tx, { ...wanted, token_id: randomUUID(), hash: hashToken(token), prefix: token.slice(0, 8), last_four: token.slice(-4) });
    const { name, user_id, kind, scopes, project_ids } = row;
    await recordAudit(tx, by, { action: 'token.created', target: `token:${row.token_id}`, after: { name, user_id, kind, scopes, project_ids, expires_at: row.expires_at?.toISOString() ?? null } });
    return { row, token };
  }

  /** Everybody's for admins, one's own for everybody. */
  list(scope: TenantScope): Promise<TokenRow[]> {
    const whose = mayManage(scope) ? null : userOf(scope)!.userId;
    return this.db.run(scope, (tx) => this.tokens.list(tx, whose));
  }

  read(scope: TenantScope, tokenId: string): Promise<TokenRow> {
    return this.db.run(scope, (tx) => this.ownIn(tx, scope, tokenId));
  }

  /** A new secret with the same reach; the old one works on for `overlapHours`. Throws `token.ended` for one that is rotated, expired or revoked. */
  async rotate(scope: TenantScope, tokenId: string, overlapHours: number): Promise<IssuedToken & { old: TokenRow }> {
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const old = await this.ownIn(tx, scope, tokenId);
      const isOwn = old.user_id === userOf(scope)?.userId;
      if (!isOwn && (await this.identities.findUser(tx, old.user_id))?.role === 'owner') requireOwner(scope);
      if (old.kind === 'preset') throw new Fault(TOKEN_PRESET);
      if (stateOf(old, new Date()) !== 'active') throw new Fault(TOKEN_ENDED);
      if (!isWithin({ scopes: old.scopes, projectIds: old.project_ids }, reachOfCaller(scope))) throw new Fault(TOKEN_EXCEEDED);
      const policy = await this.policyIn(tx);
      const issued = await this.issue(tx, scope, { ...old, kind: old.kind, expires_at: expiryOf(daysAgain(old, policy), policy, new Date()), created_by: userOf(scope)?.userId ?? null });
      await this.tokens.rotate(tx, tokenId, issued.row.token_id, new Date(Date.now() + overlapHours * HOUR_MS));
      await recordAudit(tx, scope, { action: 'token.rotated', target: `token:${tokenId}`, after: { name: old.name, user_id: old.user_id, token_id: issued.row.token_id } });
      announceAccess(this.bus, tx, scope);
      return { ...issued, old: (await this.tokens.findById(tx, tokenId))! };
    });
  }

  /** One's own, or for admins anybody's. Revoking again changes nothing. */
  async revoke(scope: TenantScope, tokenId: string, reason: string | null): Promise<TokenRow> {
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      await this.ownIn(tx, scope, tokenId);
      const row = await this.tokens.revoke(tx, tokenId, userOf(scope)?.userId ?? null, reason);
      await recordAudit(tx, scope, { action: 'token.revoked', target: `token:${tokenId}`, after: { name: row.name, user_id: row.user_id } });
      announceAccess(this.bus, tx, scope);
      return row;
    });
  }

  readPolicy(scope: TenantScope): Promise<TokenPolicy> {
    return this.db.run(scope, (tx) => this.policyIn(tx));
  }

  /** Counts for tokens that are made from now on. */
  async writePolicy(scope: TenantScope, policy: TokenPolicy): Promise<TokenPolicy> {
    requirePermission(scope, 'admin:settings');
    requireWriter(scope);
    await this.db.run(scope, async (tx) => {
      await this.tokens.writePolicy(tx, policy, userOf(scope)?.userId ?? null);
      await recordAudit(tx, scope, { action: 'token.policy-changed', target: `organisation:${scope.organisationId}`, after: { days_max: policy.daysMax, may_never_expire: policy.mayNeverExpire } });
    });
    return policy;
  }

  private async policyIn(tx: TenantTx): Promise<TokenPolicy> {
    return (await this.tokens.readPolicy(tx)) ?? POLICY_DEFAULT;
  }

  /** Throws NOT_FOUND for one that is another person's, as for one that is not there. */
  private async ownIn(tx: TenantTx, scope: TenantScope, tokenId: string): Promise<TokenRow> {
    const row = await this.tokens.findById(tx, tokenId);
    if (!row || (row.user_id !== userOf(scope)?.userId && !mayManage(scope))) throw new Fault(NOT_FOUND, { sentence: 'There is no such token.' });
    return row;
  }
}

function mayManage(scope: TenantScope): boolean {
  return decide(scope, 'admin:tokens').outcome === 'allowed';
}

function reachOfCaller(scope: TenantScope): TokenReach {
  const limits = userOf(scope)?.limits;
  return { scopes: limits?.scopes ?? EVERY_SCOPE, projectIds: limits?.projectIds ?? null };
}

/** Throws `token.exceeded` for more than the caller's own token may. */
function reachOf(scope: TenantScope, { scopes, projectIds }: TokenWishes): Pick<TokenRow, 'scopes' | 'project_ids'> {
  const own = reachOfCaller(scope);
  const wanted = { scopes: [...(scopes ?? own.scopes)], projectIds: projectIds ? [...projectIds] : own.projectIds && [...own.projectIds] };
  if (!isWithin(wanted, own)) throw new Fault(TOKEN_EXCEEDED);
  return { scopes: wanted.scopes, project_ids: wanted.projectIds };
}
