import { Injectable } from '@nestjs/common';
import { hashToken, isPlausibleToken } from '../identity/access-token.js';
import { EVERY_SCOPE, isReadingOnly } from '../identity/token-scopes.js';
import { type TokenHolder, TokensRepository } from '../identity/tokens.repository.js';
import { TOKEN_EXPIRED } from './auth.faults.js';
import { scopeOfCaller } from './caller-scope.js';
import { DeniedToken } from './denied-token.js';
import type { Recogniser } from './recogniser.js';
import { type Credential, TokenCache } from './token-cache.js';

/** Tokens of our own, by their hash: the secret itself is compared with nothing. */
@Injectable()
export class TokenRecogniser implements Recogniser {
  private readonly cache = new TokenCache();

  constructor(private readonly tokens: TokensRepository) {}

  async recognise(token: string, mayBeStale: boolean): Promise<Credential | null> {
    if (!isPlausibleToken(token)) return null;
    const hash = hashToken(token);
    return (mayBeStale ? this.cache.get(keyOf(hash)) : undefined) ?? this.ask(hash);
  }

  knew(token: string): boolean {
    return this.cache.knew(keyOf(hashToken(token)));
  }

  doubt(organisationId: string): void {
    this.cache.doubt(organisationId);
  }

  private async ask(hash: Buffer): Promise<Credential | null> {
    const holder = await this.tokens.find(hash);
    if (!holder || hasExpired(holder)) this.cache.remove(keyOf(hash));
    if (!holder) return null;
    if (hasExpired(holder)) throw new DeniedToken(TOKEN_EXPIRED, scopeOfCaller(holder), holder.token_id);
    const credential = { ...credentialOf(holder), again: () => this.ask(hash) };
    // A scope that names what it may see does not know of a project that is made a moment later.
    if (credential.scope.access.unnamed !== 'none') this.cache.set(keyOf(hash), credential);
    return credential;
  }
}

function keyOf(hash: Buffer): string {
  return hash.toString('base64');
}

function hasExpired({ expires_at: end }: TokenHolder): boolean {
  return end !== null && end.getTime() <= Date.now();
}

function credentialOf(holder: TokenHolder): Credential {
  const { scopes, project_ids: projectIds } = holder;
  const limits = { scopes: EVERY_SCOPE.every((scope) => scopes.includes(scope)) ? null : scopes, projectIds };
  return { scope: scopeOfCaller(holder, { isReadOnly: isReadingOnly(scopes), limits }), organisation: holder.organisation, tokenId: holder.token_id };
}
