import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type Origin, scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { TOO_MANY_GUESSES } from '../guesses/guess.faults.js';
import { GuessesService } from '../guesses/guesses.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { requireOwner } from '../identity/require-owner.js';
import { requireWriter } from '../identity/require-writer.js';
import { hashPassword, isPassword } from './password-hash.js';
import { refuseWeak } from './password-policy.js';
import { type InvitedUser, type PasswordHolder, PasswordsRepository } from './passwords.repository.js';
import { countSignIn } from './sign-on-metrics.js';
import { SignOnSettingsRepository } from './sign-on-settings.repository.js';
import { INVITATION_INVALID, SIGN_IN_FAILED } from './sign-on.faults.js';
import { hashOf } from './sign-ins.service.js';
import { SignInsRepository } from './sign-ins.repository.js';

const INVITATION_MS = 3 * 86_400_000;
const SECRET = /^[\w-]{43}$/;

export interface SignedInUser {
  scope: TenantScope;
  userId: string;
}

/** Accounts that this server keeps itself: for one box, and for when the identity provider is down. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly passwords: PasswordsRepository, private readonly guesses: GuessesService,
    private readonly settings: SignOnSettingsRepository, private readonly signIns: SignInsRepository,
  ) {}

  /** Throws `sign-on.failed`, the same and after the same time whatever was wrong, or `auth.too-many-guesses`, before anything is hashed. */
  async check(organisation: string, login: string, password: string, origin: Origin): Promise<SignedInUser> {
    const organisationId = await this.identities.findOrganisation(organisation);
    const guess = { kind: 'password', origin, organisationId, account: `${login} at ${organisation}` } as const;
    const found = await this.guesses.typed(guess, () => this.look(organisationId, login, password)).catch((error: unknown) => {
      if (error instanceof Fault && error.code === TOO_MANY_GUESSES.code) countSignIn('password', 'limited');
      throw error;
    });
    if (found) return found;
    countSignIn('password', 'wrong');
    throw new Fault(SIGN_IN_FAILED);
  }

  /** Sets one's own password, or as an admin anybody's, and ends the sign-ins that there were. */
  async set(scope: TenantScope, userId: string, password: string): Promise<void> {
    requireWriter(scope);
    const user = await this.db.run(scope, (tx) => this.changeable(tx, scope, userId));
    refuseWeak(password, [user.name, user.email, ...user.email.split(/[@.]/)]);
    const hash = await hashPassword(password);
    await this.db.run(scope, async (tx) => {
      await this.passwords.save(tx, userId, hash);
      await this.signIns.endOf(tx, userId);
      await recordAudit(tx, scope, { action: 'password.set', target: `user:${userId}` });
    });
  }

  async remove(scope: TenantScope, userId: string): Promise<void> {
    requireWriter(scope);
    await this.db.run(scope, async (tx) => {
      await this.changeable(tx, scope, userId);
      await this.passwords.remove(tx, userId);
      await recordAudit(tx, scope, { action: 'password.removed', target: `user:${userId}` });
    });
  }

  /** What the invited person's link holds; it works once, for three days, and makes the one before worthless. */
  async invite(scope: TenantScope, userId: string): Promise<{ secret: string; expiresAt: Date }> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + INVITATION_MS);
    await this.db.run(scope, async (tx) => {
      await this.changeable(tx, scope, userId);
      await this.passwords.saveInvitation(tx, userId, hashOf(secret), expiresAt);
      await recordAudit(tx, scope, { action: 'invitation.created', target: `user:${userId}` });
    });
    return { secret, expiresAt };
  }

  /** Whom a link invites. Throws `sign-on.invitation-invalid`. */
  async invited(secret: unknown, origin: Origin): Promise<InvitedUser> {
    this.guesses.admit({ kind: 'invitation', origin });
    const found = typeof secret === 'string' && SECRET.test(secret) ? await this.passwords.findInvitation(hashOf(secret)) : undefined;
    if (found) return found;
    countSignIn('invitation', 'wrong');
    await this.guesses.record({ kind: 'invitation', origin }, String(secret));
    throw new Fault(INVITATION_INVALID);
  }

  /** Takes an invitation up with a password of the invited person's choice. */
  async accept(secret: string, password: string, origin: Origin): Promise<SignedInUser> {
    const { organisation_id: organisationId, user_id: userId, name } = await this.invited(secret, origin);
    const scope = scopeOfService(organisationId, 'gateway');
    refuseWeak(password, [name]);
    const hash = await hashPassword(password);
    await this.db.run(scope, async (tx) => {
      if (!(await this.passwords.useInvitation(tx, hashOf(secret)))) throw new Fault(INVITATION_INVALID);
      await this.passwords.save(tx, userId, hash);
      await recordAudit(tx, scope, { action: 'password.set', target: `user:${userId}` });
    });
    return { scope, userId };
  }

  /** Oneself, or anybody for who looks after people; owners for owners alone, as whoever can sign in as one is one. Throws NOT_FOUND. */
  private async changeable(tx: TenantTx, scope: TenantScope, userId: string): Promise<Omit<PasswordHolder, 'hash'>> {
    const isOwn = userOf(scope)?.userId === userId;
    if (!isOwn) requirePermission(scope, 'admin:people');
    const user = await this.passwords.findUser(tx, userId);
    if (!user) throw new Fault(NOT_FOUND);
    if (!isOwn && user.role === 'owner') requireOwner(scope);
    return user;
  }

  /** Null for a wrong one; it takes as long where there is no such organisation or person. */
  private async look(organisationId: string | undefined, login: string, password: string): Promise<SignedInUser | null> {
    const scope = organisationId === undefined ? undefined : scopeOfService(organisationId, 'gateway');
    const holder = scope && (await this.db.run(scope, (tx) => this.allowedHolder(tx, login)));
    const isRight = await isPassword(holder?.hash ?? undefined, password);
    return scope && holder && isRight ? { scope, userId: holder.user_id } : null;
  }

  /** Nobody where the organisation has switched passwords off, but owners: somebody has to get in when the provider is down. */
  private async allowedHolder(tx: TenantTx, login: string) {
    const holder = await this.passwords.findHolder(tx, login);
    const saved = await this.settings.find(tx);
    return holder?.role === 'owner' || (saved?.settings.passwords ?? true) ? holder : undefined;
  }
}
