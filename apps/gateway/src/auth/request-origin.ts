import type { Request } from 'express';
import { boundText } from '#libs/redaction';
import { currentTraceId } from '#libs/telemetry';
import { type Origin, scopeFrom } from '#libs/tenancy';
import type { Credential } from './token-cache.js';

const CLIENT_BYTES_MAX = 200;
const ADDRESS_CHARS_MAX = 64;

/** The credential of one request: the same, with where it came from in its scope. */
export function credentialFrom(request: Request, credential: Credential): Credential {
  return { ...credential, scope: scopeFrom(credential.scope, originOf(request, credential.tokenId ?? null)) };
}

/** `request.ip` is the peer, or whom a proxy names that express trusts. */
export function originOf(request: Request, tokenId: string | null): Origin {
  const client = request.get('user-agent');
  return {
    requestId: currentTraceId() ?? null,
    address: request.ip?.replace(/^::ffff:/, '').slice(0, ADDRESS_CHARS_MAX) ?? null,
    client: client ? boundText(client, CLIENT_BYTES_MAX).text : null,
    tokenId,
  };
}
