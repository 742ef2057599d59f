import { type KoaContextWithOIDC, errors, type Provider } from 'oidc-provider';
import { AddressLimit } from './address-limit.js';
import { countRefusal } from './oauth-metrics.js';
import type { OAuthRecordsRepository } from './oauth-records.repository.js';
import { AGENT_SCOPES, GRANTABLE_SCOPES } from './oauth-scopes.js';
import { ROUTES } from './provider-configuration.js';
import { UNUSED_CLIENT_SECONDS } from './record-adapter.js';

const METADATA_PATH = '/.well-known/oauth-authorization-server';
const HOUR_MS = 3_600_000;
/** Registered and not used yet; each lives for a day. */
const UNUSED_CLIENTS_MAX = 2_000;

const registrations = new AddressLimit(30, HOUR_MS);
const deviceRequests = new AddressLimit(30, HOUR_MS);
/** The guesses at user codes that one address has. */
const wrongCodes = new AddressLimit(5, HOUR_MS / 4);

class TooMany extends errors.OIDCProviderError {
  constructor(description: string) {
    super(429, 'too_many_requests');
    this.error_description = description;
    this.expose = true;
    countRefusal('too_many_requests');
  }
}

/** A wrong code counts against where it came from. */
export function accountedCode(context: KoaContextWithOIDC): void {
  wrongCodes.use(context.ip);
  countRefusal('unknown_user_code');
}

/** What stands before oidc-provider's own routes. */
export function guardRequests(provider: Provider, records: OAuthRecordsRepository): void {
  provider.use(async (context, next) => {
    const { method, path } = context;
    if (method === 'POST' && path === ROUTES.registration) await boundRegistrations(context as KoaContextWithOIDC, records);
    if (method === 'POST' && path === ROUTES.device_authorization) bound(context as KoaContextWithOIDC, deviceRequests);
    if (method === 'POST' && path === ROUTES.code_verification && wrongCodes.waitSeconds(context.ip) > 0) throw new TooMany('too many wrong codes came from this address; wait a quarter of an hour');
    if (path === ROUTES.code_verification) context.query = {};
    if (path === ROUTES.authorization) context.query = { ...context.query, scope: scopesAsked(context.query.scope) };
    await next();
    if (path === METADATA_PATH) context.body = published(context.body as Record<string, unknown>);
    await forgetSession(context as KoaContextWithOIDC);
  });
}

/** Ours of those that are named, else those that agents need. Nothing of OpenID: who somebody is, is told to nobody. */
function scopesAsked(named: string | string[] | undefined): string {
  const known = GRANTABLE_SCOPES.filter((scope) => String(named ?? '').split(' ').includes(scope));
  return (known.length > 0 ? known : AGENT_SCOPES).join(' ');
}

/** Without what only OpenID needs, and with the scopes of the resource. */
function published({ jwks_uri: _keys, id_token_signing_alg_values_supported: _algorithms, claims_supported: _claims, claim_types_supported: _types, subject_types_supported: _subjects, ...metadata }: Record<string, unknown>): object {
  return { ...metadata, scopes_supported: GRANTABLE_SCOPES };
}

function bound(context: KoaContextWithOIDC, limit: AddressLimit): void {
  if (limit.waitSeconds(context.ip) > 0) throw new TooMany('too many requests came from this address; try again in an hour');
  limit.use(context.ip);
}

async function boundRegistrations(context: KoaContextWithOIDC, records: OAuthRecordsRepository): Promise<void> {
  bound(context, registrations);
  if ((await records.countEnding('Client', UNUSED_CLIENT_SECONDS)) >= UNUSED_CLIENTS_MAX) throw new TooMany('too many clients have been registered and not used; try again tomorrow');
}

/** Who one is holds for one answer: the next request asks anew. */
async function forgetSession(context: KoaContextWithOIDC): Promise<void> {
  const { session } = context.oidc ?? {};
  if (!session?.accountId) return;
  await session.destroy();
  context.cookies.set('oauth_session', null, { path: '/oauth', signed: false });
}
