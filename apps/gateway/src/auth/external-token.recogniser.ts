import { Inject, Injectable } from '@nestjs/common';
import type { JWTVerifyGetKey } from 'jose';
import { readConfig } from '#libs/config';
import { Fault, UNAVAILABLE } from '#libs/faults';
import { OutgoingConfig, outgoingRules } from '#libs/outgoing';
import { scopeOfService } from '#libs/tenancy';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { hashToken } from '../identity/access-token.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { PeopleService } from '../sign-on/people.service.js';
import { SignOnSettingsService } from '../sign-on/sign-on-settings.service.js';
import { scopeOfCaller } from './caller-scope.js';
import { claimsOf, type ExternalIssuer, keysOf, looksExternal, scopesOf } from './external-token.js';
import { ExternalTokensConfig } from './external-tokens.config.js';
import type { Recogniser } from './recogniser.js';
import type { Credential } from './token-cache.js';

const PEOPLE_MAX = 10_000;

/** Knows access tokens that another authorization server gave to people of the first organisation. */
@Injectable()
export class ExternalTokenRecogniser implements Recogniser {
  private readonly config = readConfig(ExternalTokensConfig);
  private readonly issuer: ExternalIssuer | null;
  private keys: Promise<JWTVerifyGetKey> | undefined;
  /** Who each token, by its hash, was found to be of, so that a person arrives once with it, and not with each request. */
  private readonly people = new Map<string, string>();

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly gateway: GatewayConfig, private readonly bootstrap: BootstrapService, private readonly identities: IdentityRepository, private readonly arrivals: PeopleService, private readonly settings: SignOnSettingsService,
  ) {
    const { AI_MEMORY_EXTERNAL_TOKEN_ISSUER: issuer, AI_MEMORY_EXTERNAL_TOKEN_AUDIENCE: audience } = this.config;
    const outgoing = readConfig(OutgoingConfig);
    // The operator vouches for the address that they set.
    this.issuer = issuer && audience ? { issuer, audience, rules: outgoingRules({ AI_MEMORY_PRIVATE_HOSTS: [...outgoing.AI_MEMORY_PRIVATE_HOSTS, new URL(issuer).hostname] }) } : null;
  }

  /** The credential of a token of that issuer, for us; null for any other string. Throws `unavailable` where the issuer can't be asked for its keys. */
  async recognise(token: string): Promise<Credential | null> {
    if (!this.issuer || !looksExternal(token)) return null;
    const claims = await this.claims(token, this.issuer);
    if (!claims) return null;
    const { organisationId } = await this.bootstrap.ownerScope();
    const userId = await this.userOf(hashToken(token).toString('base64'), organisationId, claims);
    const caller = await this.identities.findCaller(organisationId, userId);
    if (!caller) return null;
    const limits = { scopes: scopesOf(claims, this.config.AI_MEMORY_EXTERNAL_TOKEN_SCOPES), projectIds: null };
    return { scope: scopeOfCaller(caller, { limits }), organisation: caller.organisation, tokenId: null, again: () => this.recognise(token) };
  }

  knew(token: string): boolean {
    return this.people.has(hashToken(token).toString('base64'));
  }

  private async claims(token: string, issuer: ExternalIssuer): ReturnType<typeof claimsOf> {
    try {
      this.keys ??= keysOf(issuer);
      return await claimsOf(token, issuer, await this.keys);
    } catch (error) {
      this.keys = undefined;
      throw new Fault(UNAVAILABLE, { cause: error, detail: 'the issuer of external tokens does not give its keys', retryAfterSeconds: 5 });
    }
  }

  /** Who it is of is made just in time, or refused, as the organisation's sign-on says. */
  private async userOf(token: string, organisationId: string, claims: NonNullable<Awaited<ReturnType<typeof claimsOf>>>): Promise<string> {
    const known = this.people.get(token);
    if (known) return known;
    const scope = scopeOfService(organisationId, 'gateway');
    const { settings } = await this.settings.of(scope, this.gateway.AI_MEMORY_ORGANISATION);
    const userId = await this.arrivals.arrive(scope, settings, claims);
    if (this.people.size >= PEOPLE_MAX) this.people.delete(this.people.keys().next().value!);
    this.people.set(token, userId);
    return userId;
  }
}
