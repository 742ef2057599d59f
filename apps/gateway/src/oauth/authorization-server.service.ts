import { Inject, Injectable } from '@nestjs/common';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { outgoingFetch, OutgoingConfig, outgoingRules } from '#libs/outgoing';
import { readConfig } from '#libs/config';
import { Fault, NOT_FOUND } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { publicAddress } from '../auth/public-address.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { GuessesService } from '../guesses/guesses.service.js';
import { makeToken } from '../identity/access-token.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { accountOf, CONNECTION_SECONDS, ConnectionsService } from './connections.service.js';
import { guardRequests } from './oauth-guards.js';
import { countRefusal } from './oauth-metrics.js';
import { OAuthRecordsRepository } from './oauth-records.repository.js';
import { deviceInfo, isOfDevice, providerConfiguration, resourcesOf } from './provider-configuration.js';
import { deviceViews, renderProblem } from './provider-views.js';
import { POLL_SECONDS, RecordAdapter } from './record-adapter.js';
import { keysOfId } from './sealed-record.js';

const FETCH_TIMEOUT_MS = 5_000;

/** The authorization server: oidc-provider, with its records in our tables and its pages of our own. */
@Injectable()
export class AuthorizationServer {
  /** Undefined where the server doesn't know its own address. */
  readonly address;
  private made: Provider | undefined;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, private readonly records: OAuthRecordsRepository, private readonly connections: ConnectionsService, private readonly identities: IdentityRepository, private readonly guesses: GuessesService) {
    this.address = publicAddress(config);
  }

  /** Throws NOT_FOUND where there is no sign-in by OAuth. */
  get provider(): Provider {
    if (!this.address) throw new Fault(NOT_FOUND);
    return (this.made ??= this.make());
  }

  /** One that somebody has let act for them is no longer unused. */
  keepClient(clientId: string): Promise<void> {
    return this.records.keep('Client', keysOfId(clientId).hash, CONNECTION_SECONDS);
  }

  private make(): Provider {
    const address = this.address!;
    const fetchOutside = outgoingFetch({ ...outgoingRules(readConfig(OutgoingConfig)), timeoutMs: FETCH_TIMEOUT_MS });
    const provider = new Provider(address.origin, {
      ...providerConfiguration(address),
      adapter: (kind) => new RecordAdapter(kind, this.records),
      fetch: (url, options) => fetchOutside(url as string, options as RequestInit),
      findAccount: async (_context, name) => ((await this.isAccount(name)) ? { accountId: name, claims: () => ({ sub: name }) } : undefined),
      renderError: renderProblem,
      features: {
        devInteractions: { enabled: false }, userinfo: { enabled: false }, rpInitiatedLogout: { enabled: false }, dPoP: { enabled: false }, pushedAuthorizationRequests: { enabled: false },
        revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
        registration: { enabled: true, initialAccessToken: false, issueRegistrationAccessToken: false },
        clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
        resourceIndicators: resourcesOf(address),
        deviceFlow: { enabled: true, charset: 'base-20', mask: '****-****', deviceInfo, ...deviceViews() },
      },
    });
    provider.proxy = true;
    nameTokens(provider);
    guardRequests(provider, this.records, this.guesses);
    this.listen(provider);
    return provider;
  }

  private listen(provider: Provider): void {
    const count = (_context: KoaContextWithOIDC, error: { error?: string }): void => countRefusal(error.error ?? 'unknown');
    for (const event of ['authorization.error', 'grant.error', 'registration_create.error', 'revocation.error', 'device_authorization.error', 'code_verification.error'] as const) provider.on(event as 'grant.error', count);
    provider.on('server_error', (_context, error) => logger.error({ err: error }, 'The authorization server failed'));
    provider.on('device_authorization.success' as 'server_error', (_context, answer) => tellDevice(answer as unknown as Record<string, unknown>));
    provider.on('grant.revoked', ({ oidc }, connectionId) => {
      const { AccessToken, RefreshToken, AuthorizationCode } = oidc.entities;
      this.connections.noteRevoked((AccessToken ?? RefreshToken ?? AuthorizationCode)?.accountId ?? '', connectionId).catch((error: unknown) => logger.warn({ err: error }, 'A revoked connection stays listed'));
    });
  }

  private async isAccount(name: string): Promise<boolean> {
    const account = accountOf(name);
    return account !== undefined && (await this.identities.findCaller(account.organisationId, account.userId)) !== undefined;
  }
}

/** How often it may ask. No address with the code in it: whoever is sent one is led to agree to what somebody else began. */
function tellDevice(answer: Record<string, unknown>): void {
  delete answer.verification_uri_complete;
  answer.interval = POLL_SECONDS;
}

/** In the form of our other tokens, so that those who scan for leaked ones find these too. */
function nameTokens(provider: Provider): void {
  const named = provider as unknown as Record<'AccessToken' | 'RefreshToken', { prototype: { generateTokenId(): string; gty?: string } }>;
  const { generateTokenId } = named.AccessToken.prototype;
  named.AccessToken.prototype.generateTokenId = function named() {
    // The library settles a token's format on the way.
    generateTokenId.call(this);
    return makeToken(isOfDevice(this) ? 'dev' : 'oat');
  };
  named.RefreshToken.prototype.generateTokenId = () => makeToken('ort');
}
