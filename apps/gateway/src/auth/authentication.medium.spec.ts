import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '#libs/faults';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { hashToken, makeToken } from '../identity/access-token.js';
import type { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import type { TokenUsesService } from '../identity/token-uses.service.js';
import { TokensRepository } from '../identity/tokens.repository.js';
import { AuthenticationService } from './authentication.service.js';
import type { ExternalTokenRecogniser } from './external-token.recogniser.js';
import type { GuessesService } from '../guesses/guesses.service.js';
import type { OAuthRecogniser } from './oauth.recogniser.js';
import { TokenRecogniser } from './token.recogniser.js';

const NOBODY = { recognise: async () => null, knew: () => false } as unknown;
const HOUR_MS = 3_600_000;
const scope = scopeForTest();
const userId = randomUUID();
let database: TestDatabase;
let identities: IdentityRepository;
let tokens: TokensRepository;
let authentication: AuthenticationService;

beforeAll(async () => {
  database = await createTestDatabase();
  identities = new IdentityRepository(database.db);
  tokens = new TokensRepository(database.db);
  authentication = new AuthenticationService(
    new TokenRecogniser(tokens), NOBODY as OAuthRecogniser, NOBODY as ExternalTokenRecogniser, {} as BootstrapService,
    { admit: () => undefined, record: async () => undefined } as unknown as GuessesService, { note: () => undefined } as unknown as TokenUsesService, identities,
  );
  await database.db.run(scope, async (tx) => {
    await identities.insertOrganisation(tx, 'acme');
    await identities.insertUser(tx, { user_id: userId, name: 'dev', email: 'dev@acme.test', role: 'member', is_operator: false });
  });
});
afterAll(() => database.drop());

/** A stored token that runs out in so many milliseconds. */
async function tokenFor(lifetimeMs: number | null): Promise<{ token: string; tokenId: string }> {
  const token = makeToken('pat');
  const expiresAt = lifetimeMs === null ? null : new Date(Date.now() + lifetimeMs);
  const row = await database.db.run(scope, (tx) => tokens.insert(tx, {
    token_id: randomUUID(), user_id: userId, kind: 'pat', name: token, hash: hashToken(token), prefix: token.slice(0, 8), last_four: token.slice(-4), scopes: ['git'], project_ids: null, expires_at: expiresAt, created_by: null,
  }));
  return { token, tokenId: row.token_id };
}

const codeOf = (token: string): Promise<string> => authentication.ofToken(token).then(({ organisation }) => `of ${organisation}`, (fault: Fault) => fault.code);

describe('a token', () => {
  it.each([['in an hour', HOUR_MS, 'of acme'], ['never', null, 'of acme'], ['an hour ago', -HOUR_MS, 'auth.token-expired']])('that runs out %s is taken for what it is', async (_when, lifetimeMs, expected) => {
    expect(await codeOf((await tokenFor(lifetimeMs)).token)).toBe(expected);
  });

  it('that was revoked is like one that nobody has, also when it has expired', async () => {
    const { token, tokenId } = await tokenFor(-HOUR_MS);
    await database.db.run(scope, (tx) => tokens.revoke(tx, tokenId, null, null));
    expect([await codeOf(token), await codeOf(makeToken('pat'))]).toEqual(['auth.token-invalid', 'auth.token-invalid']);
  });

  it('that was revoked elsewhere is taken from memory for an event alone, until somebody tells of it', async () => {
    const { token, tokenId } = await tokenFor(HOUR_MS);
    const capture = (): Promise<string> => authentication.ofToken(token, { mayBeStale: true }).then(() => 'taken', (fault: Fault) => fault.code);
    await capture();
    await database.db.run(scope, (tx) => tokens.revoke(tx, tokenId, null, null));
    expect(await capture()).toBe('taken');
    authentication.forget(scope);
    expect(await capture()).toBe('auth.token-invalid');
  });

  it('that was revoked elsewhere is refused at once for everything else', async () => {
    const { token, tokenId } = await tokenFor(HOUR_MS);
    await authentication.ofToken(token, { mayBeStale: true });
    await database.db.run(scope, (tx) => tokens.revoke(tx, tokenId, null, null));
    expect(await codeOf(token)).toBe('auth.token-invalid');
  });
});
