import * as client from 'openid-client';
import { Fault } from '#libs/faults';
import { outgoingFetch, type OutgoingRules } from '#libs/outgoing';
import { PROVIDER_FAILED, PROVIDER_REFUSED } from './sign-on.faults.js';

/** Where an organisation's people sign in, and as what this server is known there. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  scopes: string;
  groupsClaim: string;
  rules: OutgoingRules;
}

/** What a browser is sent with, and what the answer has to fit. */
export interface Challenge {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

export interface Arrival {
  claims: Readonly<Record<string, unknown>> & { iss: string; sub: string };
  idToken: string;
}

/** What clocks may differ by. */
const CLOCK_SKEW_SECONDS = 60;
const TIMEOUT_SECONDS = 5;

const SENTENCES: Readonly<Record<string, string>> = {
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'What the identity provider signed is not for this sign-in: its issuer, audience or nonce is another.',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'What the identity provider signed has expired or is not valid yet. Compare the clocks of both servers.',
  OAUTH_KEY_SELECTION_FAILED: 'What the identity provider signed fits none of the keys that it publishes.',
  OAUTH_INVALID_RESPONSE: 'The answer of the identity provider is not valid.',
};

/** Where to send a browser for a sign-in: code flow with PKCE, state and nonce. Throws `sign-on.provider-failed`. */
export async function challengeAt(provider: IdentityProvider, redirectUri: string): Promise<Challenge> {
  const config = await configurationOf(provider);
  const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
  const challenge = await client.calculatePKCECodeChallenge(verifier);
  const url = client.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope: provider.scopes, state, nonce, code_challenge: challenge, code_challenge_method: 'S256' });
  return { url: url.href, state, nonce, verifier };
}

/**
 * Who came back. The ID token's signature, issuer, audience, nonce and times have been checked, by keys that were fetched for
 * it: a provider may change them whenever it likes. Throws `sign-on.provider-failed` or `-refused`.
 */
export async function arrivalAt(provider: IdentityProvider, currentUrl: URL, { state, nonce, verifier }: Omit<Challenge, 'url'>): Promise<Arrival> {
  const config = await configurationOf(provider);
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, currentUrl, checks).catch(fail);
  const claims = tokens.claims()!;
  const isComplete = claims[provider.groupsClaim] !== undefined && claims.email !== undefined;
  const more = isComplete || !config.serverMetadata().userinfo_endpoint ? {} : await client.fetchUserInfo(config, tokens.access_token, claims.sub).catch(fail);
  return { claims: { ...more, ...claims }, idToken: tokens.id_token! };
}

/** Where a browser signs out of the provider too; null where that offers nothing. */
export async function endSessionUrlAt(provider: IdentityProvider, returnTo: string, idToken: string | null): Promise<string | null> {
  const config = await configurationOf(provider);
  if (!config.serverMetadata().end_session_endpoint) return null;
  return client.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo, ...(idToken ? { id_token_hint: idToken } : {}) }).href;
}

/** Asked anew for each use: sign-ins are few, and what is not kept is never stale. */
async function configurationOf({ issuer, clientId, clientSecret, rules }: IdentityProvider): Promise<client.Configuration> {
  const fetch = outgoingFetch(rules);
  const isPlain = issuer.startsWith('http:');
  const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    [client.customFetch]: fetch, timeout: TIMEOUT_SECONDS, execute: isPlain ? [client.allowInsecureRequests] : [],
  }).catch(fail);
  const server = found.serverMetadata();
  const config = new client.Configuration(server, clientId, { [client.clockTolerance]: CLOCK_SKEW_SECONDS }, authenticationAt(server, clientSecret));
  config[client.customFetch] = fetch;
  config.timeout = TIMEOUT_SECONDS;
  if (isPlain) client.allowInsecureRequests(config);
  client.enableNonRepudiationChecks(config);
  return config;
}

/** In the header, which every provider must know, unless it says that it knows the body alone. */
function authenticationAt({ token_endpoint_auth_methods_supported: methods }: client.ServerMetadata, secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  return methods === undefined || methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
}

function fail(error: unknown): never {
  const { code, cause } = error as { code?: string; cause?: unknown };
  if (error instanceof client.AuthorizationResponseError) throw new Fault(PROVIDER_REFUSED, { cause: error, detail: error.error });
  const refused = cause instanceof Fault ? cause : (cause as Error | undefined)?.cause;
  if (refused instanceof Fault) throw refused;
  const sentence = code === undefined ? undefined : SENTENCES[code];
  throw sentence === undefined ? new Fault(PROVIDER_FAILED, { cause: error, detail: code }) : new Fault(PROVIDER_REFUSED, { cause: error, detail: code, sentence });
}
