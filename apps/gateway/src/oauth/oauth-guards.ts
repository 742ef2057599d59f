import type { Request } from 'express';
import { type KoaContextWithOIDC, errors, type Provider } from 'oidc-provider';
import { Fault } from '#libs/faults';
import { originOf } from '../auth/request-origin.js';
import { TOO_MANY_GUESSES } from '../guesses/guess.faults.js';
import type { GuessesService } from '../guesses/guesses.service.js';
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
/** Requests whose code was wrong, until they are answered. */
const wrongCodes = new WeakSet<object>();

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
  wrongCodes.add(context.req);
  countRefusal('unknown_user_code');
}

/** What stands before oidc-provider's own routes. */
export function guardRequests(provider: Provider, records: OAuthRecordsRepository, guesses: GuessesService): void {
  provider.use(async (context, next) => {
    const { method, path } = context;
    if (method === 'POST' && path === ROUTES.registration) await boundRegistrations(context as KoaContextWithOIDC, records);
    if (method === 'POST' && path === ROUTES.device_authorization) bound(context as KoaContextWithOIDC, deviceRequests);
    if (path === ROUTES.code_verification) context.query = {};
    if (path === ROUTES.authorization) context.query = { ...context.query, scope: scopesAsked(context.query.scope) };
    if (method === 'POST' && path === ROUTES.code_verification) await typedCode(context as KoaContextWithOIDC, guesses, next);
    else if (path === ROUTES.token) await exchange(context as KoaContextWithOIDC, guesses, next);
    else await next();
    if (path === METADATA_PATH) context.body = published(context.body as Record<string, unknown>);
    await forgetSession(context as KoaContextWithOIDC);
  });
}

async function typedCode(context: KoaContextWithOIDC, guesses: GuessesService, next: () => Promise<void>): Promise<void> {
  const origin = originOf(context.req as Request, null);
  await limited(() => guesses.typed({ kind: 'user-code', origin }, async () => {
    await next().catch((error: unknown) => askAgain(context, error));
    return wrongCodes.has(context.req) ? null : true;
  }));
}

/** A form that came with no session that is known belongs to none: oidc-provider would keep what it says of it there, and fails. */
function askAgain(context: KoaContextWithOIDC, error: unknown): void {
  if (!(error instanceof TypeError) || context.oidc.session?.exp !== undefined) throw error;
  context.status = 303;
  context.redirect(ROUTES.code_verification);
}

/** What a code or a refresh token is exchanged for; one that nobody has is a guess. */
async function exchange(context: KoaContextWithOIDC, guesses: GuessesService, next: () => Promise<void>): Promise<void> {
  const guess = { kind: 'grant', origin: originOf(context.req as Request, null) } as const;
  await limited(async () => guesses.admit(guess));
  await next();
  const { code, device_code: deviceCode, refresh_token: refreshToken } = context.oidc?.body ?? {};
  if ((context.body as { error?: string } | undefined)?.error === 'invalid_grant') await guesses.record(guess, String(code ?? deviceCode ?? refreshToken));
}

/** What is told of waiting, in the protocol's own way. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault && error.code === TOO_MANY_GUESSES.code) throw new TooMany(`too many wrong ones came from this address; wait ${Math.ceil(error.retryAfterSeconds!)} seconds`);
    throw error;
  }
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
