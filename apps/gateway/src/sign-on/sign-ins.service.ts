import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { openText, sealText } from '#libs/sealing';
import { scopeOfCredential, type TenantScope, userOf } from '#libs/tenancy';
import { type Credential, TokenCache } from '../auth/token-cache.js';
import { requireOwner } from '../identity/identity.service.js';
import { SIGN_ON_SURROUNDINGS, type SignOnSurroundings } from './sign-on-surroundings.js';
import { type SignInHolder, type SignInMethod, type SignInRow, SignInsRepository } from './sign-ins.repository.js';

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
  private readonly cache = new TokenCache();
  private readonly idOf = new Map<string, string>();

  constructor(private readonly db: TenantDb, private readonly signIns: SignInsRepository, @Inject(SIGN_ON_SURROUNDINGS) private readonly around: SignOnSurroundings) {}

  /** The secret for the browser's cookie, a new one at each sign-in: none that was there before becomes worth anything. The ID token is kept for signing out, sealed. */
  async begin(scope: TenantScope, userId: string, method: SignInMethod, { address, browser }: Whence, idToken: string | null = null): Promise<string> {
    const key = this.around.AI_MEMORY_SECRET_KEY;
    const sealed = key && idToken ? sealText(key, 'sign-on', scope.organisationId, idToken) : null;
    const secret = randomBytes(32).toString('base64url');
    const row = { sign_in_id: randomUUID(), user_id: userId, hash: hashOf(secret), method, address, browser: browser.slice(0, BROWSER_CHARS_MAX), sealed_id_token: sealed };
    await this.db.run(scope, (tx) => this.signIns.insert(tx, row));
    return secret;
  }

  /** Null for anything but a live sign-in. What ended elsewhere may be taken for live three seconds longer. */
  async find(secret: string): Promise<BrowserCredential | null> {
    if (!SECRET.test(secret)) return null;
    const hash = hashOf(secret);
    const key = hash.toString('base64');
    const cached = this.cache.get(key);
    if (cached) return { ...cached, signInId: this.idOf.get(key)! };
    const holder = await this.signIns.find(hash);
    if (!holder) return null;
    const credential = credentialOf(holder);
    this.remember(key, credential);
    if (Date.now() - holder.used_at.getTime() > TOUCH_MS) await this.db.run(credential.scope, (tx) => this.signIns.touch(tx, holder.sign_in_id));
    return credential;
  }

  /** One's own, or anybody's for an owner. */
  list(scope: TenantScope, userId: string): Promise<SignInRow[]> {
    if (userOf(scope)?.userId !== userId) requireOwner(scope);
    return this.db.run(scope, (tx) => this.signIns.list(tx, userId));
  }

  /** Throws NOT_FOUND, the same for somebody else's as for one that never was. */
  async end(scope: TenantScope, signInId: string): Promise<SignInRow> {
    const row = await this.db.run(scope, (tx) => this.signIns.findById(tx, signInId));
    const user = userOf(scope);
    if (!row || (row.user_id !== user?.userId && user?.role !== 'owner')) throw new Fault(NOT_FOUND);
    await this.db.run(scope, (tx) => this.signIns.end(tx, signInId));
    this.forget();
    return row;
  }

  /** What the identity provider said of who signed in, for signing out there; null where it was not kept. */
  async idTokenOf(scope: TenantScope, signInId: string): Promise<string | null> {
    const key = this.around.AI_MEMORY_SECRET_KEY;
    const sealed = await this.db.run(scope, (tx) => this.signIns.sealedIdToken(tx, signInId));
    return key && sealed ? openText(key, 'sign-on', scope.organisationId, sealed) : null;
  }

  /** So that what has ended has ended here at once. */
  forget(): void {
    this.cache.clear();
    this.idOf.clear();
  }

  private remember(key: string, credential: BrowserCredential): void {
    if (this.idOf.size > 10_000) this.forget();
    this.cache.set(key, credential);
    this.idOf.set(key, credential.signInId);
  }
}

function credentialOf({ organisation_id, organisation, sign_in_id, user_id, name, email, role, is_operator }: SignInHolder): BrowserCredential {
  const scope = scopeOfCredential(organisation_id, { type: 'user', userId: user_id, name, email, role, isOperator: is_operator });
  return { scope, organisation, signInId: sign_in_id };
}

/** The secret is random, so a fast hash suffices. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
