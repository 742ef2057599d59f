import { Injectable } from '@nestjs/common';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { hashToken, isPlausibleToken } from '../identity/access-token.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { TokenUsesService } from '../identity/token-uses.service.js';
import { TOKEN_EXPIRED, TOKEN_INVALID } from './auth.faults.js';
import { scopeOfCaller } from './caller-scope.js';
import { GuessesService } from './guesses.service.js';
import { ExternalTokenRecogniser } from './external-token.recogniser.js';
import { OAuthRecogniser } from './oauth.recogniser.js';
import type { Recogniser } from './recogniser.js';
import type { Credential } from './token-cache.js';
import { TokenRecogniser } from './token.recogniser.js';

/** How a token came. */
interface Presented {
  address?: string;
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
  async ofToken(token: string, { address, mayBeStale = false }: Presented = {}): Promise<Credential> {
    if (!this.recognisers.some((recogniser) => recogniser.knew(token))) this.guesses.admit(address);
    const credential = await this.recognise(token, mayBeStale).catch((error: unknown) => {
      if (error instanceof Fault && error.code === TOKEN_EXPIRED.code) this.guesses.count('expired');
      throw error;
    });
    if (!credential) return this.refuse(token, address);
    this.uses.note(credential.scope, credential.tokenId, address);
    return credential;
  }

  /** The local owner, for callers without a token where that is allowed. */
  async ofLocalOwner(): Promise<Credential> {
    return { scope: await this.bootstrap.ownerScope(), organisation: this.bootstrap.organisationName, tokenId: null };
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

  private async refuse(token: string, address: string | undefined): Promise<never> {
    this.guesses.count(isPlausibleToken(token) ? 'unknown' : 'mistyped');
    await this.guesses.record(address, hashToken(token).toString('base64'));
    throw new Fault(TOKEN_INVALID);
  }
}
