import { Injectable } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { hashToken, isPlausibleToken } from '../identity/access-token.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository, type TokenHolder } from '../identity/identity.repository.js';
import { TOKEN_EXPIRED, TOKEN_INVALID } from './auth.faults.js';
import { scopeOfCaller } from './caller-scope.js';
import { DeniedToken } from './denied-token.js';
import { type Credential, TokenCache } from './token-cache.js';

/** Turns credentials into scopes: the mint of tenancy. */
@Injectable()
export class AuthenticationService {
  private readonly cache = new TokenCache();

  constructor(private readonly identities: IdentityRepository, private readonly bootstrap: BootstrapService) {}

  /**
   * Throws `auth.token-expired`, and `auth.token-invalid` for anything else but a live token. What is revoked, disabled or no longer
   * granted is so in the next call, on every replica; where the answer may be stale, within three seconds.
   */
  async ofToken(token: string, mayBeStale = false): Promise<Credential> {
    if (!isPlausibleToken(token)) throw new Fault(TOKEN_INVALID);
    const hash = hashToken(token);
    const key = hash.toString('base64');
    const cached = mayBeStale ? this.cache.get(key) : undefined;
    if (cached) return cached;
    const credential = credentialOf(await this.identities.findToken(hash));
    // A scope that names what it may see does not know of a project that is made a moment later.
    if (credential.scope.access.unnamed !== 'none') this.cache.set(key, credential);
    return credential;
  }

  /** The local owner, for callers without a token where that is allowed. */
  async ofLocalOwner(): Promise<Credential> {
    return { scope: await this.bootstrap.ownerScope(), organisation: this.bootstrap.organisationName, tokenId: null };
  }

  /** After a revocation, so that it holds here at once. */
  forget(): void {
    this.cache.clear();
  }
}

function credentialOf(holder: TokenHolder | undefined): Credential {
  if (!holder) throw new Fault(TOKEN_INVALID);
  const scope = scopeOfCaller(holder, { isReadOnly: holder.is_read_only });
  if (holder.expires_at && holder.expires_at.getTime() <= Date.now()) throw new DeniedToken(TOKEN_EXPIRED, scope, holder.token_id);
  return { scope, organisation: holder.organisation, tokenId: holder.token_id };
}
