import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { outgoingFetch, type OutgoingRules } from '#libs/outgoing';
import type { TokenScope } from '#libs/tenancy';

/** Of any that an issuer may give; longer ones are none. */
const TOKEN_CHARS_MAX = 8_192;
/** What clocks may differ by. */
const CLOCK_SKEW_SECONDS = 60;
/** After that the issuer is asked again whether its keys are what they were; for a key that is not known at once, but not more often than so. */
const KEYS_LIFE_MS = 600_000;
const KEYS_EVERY_MS = 3_000;
/** Signed with a key that we don't have: a shared secret would be one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

export interface ExternalIssuer {
  issuer: string;
  audience: string;
  rules: OutgoingRules;
}

export function looksExternal(token: string): boolean {
  return token.length <= TOKEN_CHARS_MAX && JWT.test(token);
}

/** What an issuer publishes to check its tokens by. Throws where it can't be asked, or names itself otherwise. */
export async function keysOf({ issuer, rules }: ExternalIssuer): Promise<JWTVerifyGetKey> {
  const ask = outgoingFetch(rules);
  const response = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { headers: { accept: 'application/json' } });
  const metadata = Discovery.parse(await response.json());
  if (metadata.issuer !== issuer) throw new Error('The issuer names itself otherwise');
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: (url, options) => ask(url, options as RequestInit), cacheMaxAge: KEYS_LIFE_MS, cooldownDuration: KEYS_EVERY_MS });
}

/** The claims of a token that the issuer signed, for us, and that is in its time; null for any other. Throws where the issuer can't be asked for its keys. */
export async function claimsOf(token: string, { issuer, audience }: Pick<ExternalIssuer, 'issuer' | 'audience'>, keys: JWTVerifyGetKey): Promise<(JWTPayload & { iss: string; sub: string; exp: number }) | null> {
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_SKEW_SECONDS, requiredClaims: ['exp', 'sub'] });
    return payload as JWTPayload & { iss: string; sub: string; exp: number };
  } catch (error) {
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null;
    throw error;
  }
}

/** What a token may be used for: all that the operator lets it, or those of it that it names itself. */
export function scopesOf(claims: JWTPayload, atMost: readonly TokenScope[]): TokenScope[] {
  const named = [claims.scope, claims.scp].flatMap((claim) => (typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? (claim as unknown[]) : []));
  const meant = atMost.filter((scope) => named.includes(scope));
  return meant.length > 0 ? meant : [...atMost];
}
