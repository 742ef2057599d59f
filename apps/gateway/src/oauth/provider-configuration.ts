import { generateKeyPairSync } from 'node:crypto';
import { type Configuration, errors, interactionPolicy, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import type { PublicAddress } from '../auth/public-address.js';
import { CONNECTION_SECONDS } from './connections.service.js';
import { GRANTABLE_SCOPES } from './oauth-scopes.js';

/** Where each endpoint is. */
export const ROUTES = {
  authorization: '/oauth/authorize', token: '/oauth/token', registration: '/oauth/register', revocation: '/oauth/revoke', jwks: '/oauth/jwks', device_authorization: '/oauth/device/authorize', code_verification: '/oauth/device',
} as const;

/** The command line, which signs in as a device. */
export const CLI_CLIENT_ID = 'ai-memory-cli';
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const MINUTE_SECONDS = 60;
const ACCESS_TOKEN_SECONDS = 60 * MINUTE_SECONDS;
const REFRESH_TOKEN_SECONDS = 30 * 86_400;
const USER_AGENT_CHARS_MAX = 200;

/** A person is asked each time, whatever they agreed to before: what asks now may be another program on the same port. */
function alwaysAsk(): interactionPolicy.DefaultPolicy {
  const { Check, Prompt } = interactionPolicy;
  const consent = new Prompt({ name: 'consent', requestable: true }, new Check('consent_needed', 'a person has to agree', 'interaction_required', (context) => !context.oidc.result?.consent));
  return [consent] as unknown as interactionPolicy.DefaultPolicy;
}

/** The library wants a key to sign ID tokens with. We give none, so it is one of this process, which nothing is ever signed with. */
function unusedKey(): JWK {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JWK;
}

export function isOfDevice(token: { gty?: string }): boolean {
  return token.gty === 'device_code';
}

/** What of oidc-provider's many ways we go: code with PKCE for agents, codes on a page for devices; opaque tokens, and nothing signed. */
export function providerConfiguration(address: PublicAddress): Configuration {
  const cookie = { httpOnly: true, sameSite: 'lax', signed: false, secure: address.origin.startsWith('https:') } as const;
  return {
    routes: ROUTES,
    responseTypes: ['code'],
    scopes: GRANTABLE_SCOPES,
    claims: {},
    jwks: { keys: [unusedKey()] },
    clientAuthMethods: ['none'],
    // Loopback redirects at any port, schemes of a program's own, https: what agents register, mostly without saying what they are.
    clientDefaults: { application_type: 'native', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' },
    clients: [{ client_id: CLI_CLIENT_ID, client_name: 'ai-memory command line', application_type: 'native', grant_types: [DEVICE_GRANT], response_types: [], redirect_uris: [] }],
    cookies: { names: { session: 'oauth_session', interaction: 'oauth_interaction', resume: 'oauth_resume' }, long: { ...cookie, path: '/oauth' }, short: cookie },
    interactions: { policy: alwaysAsk(), url: (_context, { uid }) => `/oauth/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => (oidc.result?.consent?.grantId ? oidc.provider.Grant.find(oidc.result.consent.grantId) : undefined),
    pkce: { required: () => true },
    expiresWithSession: () => false,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    ttl: {
      AccessToken: (_context, token) => (isOfDevice(token) ? CONNECTION_SECONDS : ACCESS_TOKEN_SECONDS), AuthorizationCode: MINUTE_SECONDS, DeviceCode: 10 * MINUTE_SECONDS, RefreshToken: REFRESH_TOKEN_SECONDS,
      Grant: CONNECTION_SECONDS, Interaction: 15 * MINUTE_SECONDS, Session: 15 * MINUTE_SECONDS, IdToken: ACCESS_TOKEN_SECONDS,
    },
    clientBasedCORS: () => false,
  };
}

/** RFC 8707: agents get tokens for MCP, devices for the whole server; there is nothing else. */
export function resourcesOf(address: PublicAddress): NonNullable<NonNullable<Configuration['features']>['resourceIndicators']> {
  const forDevices = `${address.origin}/`;
  return {
    enabled: true,
    defaultResource: (_context, client, oneOf) => oneOf?.[0] ?? (client.clientId === CLI_CLIENT_ID ? forDevices : address.resource),
    useGrantedResource: () => true,
    getResourceServerInfo: (_context, indicator, client) => {
      const isDevice = client.clientId === CLI_CLIENT_ID;
      if (isDevice ? indicator !== forDevices : !address.isResource(indicator)) throw new errors.InvalidTarget('there is no such resource here');
      return { audience: isDevice ? address.origin : address.resource, scope: GRANTABLE_SCOPES.join(' '), accessTokenFormat: 'opaque' };
    },
  };
}

/** From where a device asked, for the person who is to say whether it is theirs. */
export function deviceInfo(context: KoaContextWithOIDC): { address: string; program: string } {
  return { address: context.ip, program: context.get('user-agent').slice(0, USER_AGENT_CHARS_MAX) };
}
