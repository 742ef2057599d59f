import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { openText, sealText } from '#libs/sealing';
import { decide, type TenantScope, userOf } from '#libs/tenancy';
import { scopeOfCaller } from '../auth/caller-scope.js';
import type { Credential } from '../auth/token-cache.js';
import { SIGN_ON_SURROUNDINGS, type SignOnSurroundings } from './sign-on-surroundings.js';
import { type SignInMethod, type SignInRow, SignInsRepository } from './sign-ins.repository.js';

/** As long as a sign-in lives at all; idle ones end sooner, which the database knows. */
export const SIGN_IN_LIFE_MS = 7 * 86_400_000;
const SECRET = /^[\w-]{43}$/;
/** How far a sign-in's last use may lag behind: a write at each request would be one too many. */
const TOUCH_MS = 300_000;
const BROWSER_CHARS_MAX = 300;

/** From where a browser came, as it says itself. */
export interface Whence {
  address: string;
  browser: string;
}

export interface BrowserCredential extends Credential {
  signInId: string;
}

/** Signed-in browsers: 256 random bits in a cookie, their hash in a row. */
@Injectable()
export class SignInsService {
  constructor(private readonly db: TenantDb, private readonly signIns: SignInsRepository, @Inject(SIGN_ON_SURROUNDINGS) private readonly around: SignOnSurroundings) {}

  /** The secret for the browser's cookie, a new one at each sign-in: none that was there before becomes worth anything. The ID token is kept for signing out, sealed. */
  async begin(scope: TenantScope, userId: string, method: SignInMethod, { address, browser }: Whence, idToken: string | null = null): Promise<string> {
    const key = this.around.AI_MEMORY_SECRET_KEY;
    const sealed = key && idToken ? sealText(key, 'sign-on', scope.organisationId, idToken) : null;
    const secret = randomBytes(32).toString('base64url');
    const row = { sign_in_id: randomUUID(), user_id: userId, hash: hashOf(secret), method, address, browser: browser.slice(0, BROWSER_CHARS_MAX), sealed_id_token: sealed };
    await this.db.run(scope, async (tx) => {
      await this.signIns.insert(tx, row);
      await recordAudit(tx, scope, { action: 'signin.succeeded', target: `user:${userId}`, after: { method } });
    });
    return secret;
  }

  /** Null for anything but a live sign-in. Asked of the database each time: what has ended has ended everywhere. */
  async find(secret: string): Promise<BrowserCredential | null> {
    const holder = SECRET.test(secret) ? await this.signIns.find(hashOf(secret)) : undefined;
    if (!holder) return null;
    const scope = scopeOfCaller(holder);
    if (Date.now() - holder.used_at.getTime() > TOUCH_MS) await this.db.run(scope, (tx) => this.signIns.touch(tx, holder.sign_in_id));
    return { scope, organisation: holder.organisation, signInId: holder.sign_in_id, tokenId: null, again: () => this.find(secret) };
  }

  /** One's own, or anybody's for who looks after people. */
  list(scope: TenantScope, userId: string): Promise<SignInRow[]> {
    if (userOf(scope)?.userId !== userId) requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.signIns.list(tx, userId));
  }

  /** Throws NOT_FOUND, the same for somebody else's as for one that never was. */
  async end(scope: TenantScope, signInId: string): Promise<SignInRow> {
    const row = await this.db.run(scope, (tx) => this.signIns.findById(tx, signInId));
    const isOwn = row?.user_id === userOf(scope)?.userId;
    if (!row || (!isOwn && decide(scope, 'admin:people').outcome !== 'allowed')) throw new Fault(NOT_FOUND);
    await this.db.run(scope, async (tx) => {
      await this.signIns.end(tx, signInId);
      await recordAudit(tx, scope, { action: 'signin.ended', target: `user:${row.user_id}` });
    });
    return row;
  }

  /** What the identity provider said of who signed in, for signing out there; null where it was not kept. */
  async idTokenOf(scope: TenantScope, signInId: string): Promise<string | null> {
    const key = this.around.AI_MEMORY_SECRET_KEY;
    const sealed = await this.db.run(scope, (tx) => this.signIns.sealedIdToken(tx, signInId));
    return key && sealed ? openText(key, 'sign-on', scope.organisationId, sealed) : null;
  }
}

/** The secret is random, so a fast hash suffices. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
