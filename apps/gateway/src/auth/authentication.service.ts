import { Injectable } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { counter } from '#libs/telemetry';
import type { Origin, TenantScope } from '#libs/tenancy';
import { GuessesService } from '../guesses/guesses.service.js';
import { isPlausibleToken } from '../identity/access-token.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { TokenUsesService } from '../identity/token-uses.service.js';
import { TOKEN_EXPIRED, TOKEN_INVALID } from './auth.faults.js';
import { scopeOfCaller } from './caller-scope.js';
import { ExternalTokenRecogniser } from './external-token.recogniser.js';
import { OAuthRecogniser } from './oauth.recogniser.js';
import type { Recogniser } from './recogniser.js';
import type { Credential } from './token-cache.js';
import { TokenRecogniser } from './token.recogniser.js';

const failures = counter('auth_failures_total');
const NOWHERE: Origin = { requestId: null, address: null, client: null, tokenId: null };

/** How a token came. */
interface Presented {
  origin?: Origin;
  /** The answer may be that of three seconds ago. */
  mayBeStale?: boolean;
}

/** Turns credentials into scopes: the mint of tenancy. */
@Injectable()
export class AuthenticationService {
  /** In the order in which they are asked. */
  private readonly recognisers: readonly Recogniser[];

  constructor(
    private readonly tokens: TokenRecogniser, oauth: OAuthRecogniser, external: ExternalTokenRecogniser, private readonly bootstrap: BootstrapService, private readonly guesses: GuessesService,
    private readonly uses: TokenUsesService, private readonly identities: IdentityRepository,
  ) {
    this.recognisers = [tokens, oauth, external];
  }

  /**
   * Who sends a bearer token. Throws `auth.token-expired`, `auth.token-invalid` for anything else but a live one, and
   * `auth.too-many-guesses` for an address that tried too many; there, who was known before is still let in. What is revoked,
   * disabled or no longer granted is so in the next call, on every replica.
   */
  async ofToken(token: string, { origin = NOWHERE, mayBeStale = false }: Presented = {}): Promise<Credential> {
    if (!this.recognisers.some((recogniser) => recogniser.knew(token))) this.admit(origin);
    const credential = await this.recognise(token, mayBeStale).catch((error: unknown) => {
      if (error instanceof Fault && error.code === TOKEN_EXPIRED.code) failures.add(1, { reason: 'expired' });
      throw error;
    });
    if (!credential) return this.refuse(token, origin);
    this.uses.note(credential.scope, credential.tokenId, origin.address ?? undefined);
    return credential;
  }

  /** The local owner, for callers without a token where that is allowed. */
  async ofLocalOwner(): Promise<Credential> {
    return { scope: await this.bootstrap.ownerScope(), organisation: this.bootstrap.organisationName, tokenId: null, isLocal: true };
  }

  /** Of somebody who has proved before who they are. Null where they may no longer come in. */
  async ofUser(organisationId: string, userId: string): Promise<Credential | null> {
    const caller = await this.identities.findCaller(organisationId, userId);
    return caller ? { scope: scopeOfCaller(caller), organisation: caller.organisation, tokenId: null } : null;
  }

  /** After a change of who may what in an organisation, so that it holds here at once. */
  forget({ organisationId }: TenantScope): void {
    this.tokens.doubt(organisationId);
  }

  private async recognise(token: string, mayBeStale: boolean): Promise<Credential | null> {
    for (const recogniser of this.recognisers) {
      const credential = await recogniser.recognise(token, mayBeStale);
      if (credential) return credential;
    }
    return null;
  }

  private admit(origin: Origin): void {
    try {
      this.guesses.admit({ kind: 'token', origin });
    } catch (error) {
      failures.add(1, { reason: 'blocked' });
      throw error;
    }
  }

  private async refuse(token: string, origin: Origin): Promise<never> {
    failures.add(1, { reason: isPlausibleToken(token) ? 'unknown' : 'mistyped' });
    await this.guesses.record({ kind: 'token', origin }, token);
    throw new Fault(TOKEN_INVALID);
  }
}
