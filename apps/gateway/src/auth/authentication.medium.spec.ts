import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '#libs/faults';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { hashToken, makeToken } from '../identity/access-token.js';
import type { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { AuthenticationService } from './authentication.service.js';
import type { ExternalTokenRecogniser } from './external-token.recogniser.js';
import type { OAuthRecogniser } from './oauth.recogniser.js';

const NOBODY = { recognise: async () => null } as unknown;
const HOUR_MS = 3_600_000;
const scope = scopeForTest();
const userId = randomUUID();
let database: TestDatabase;
let identities: IdentityRepository;
let authentication: AuthenticationService;

beforeAll(async () => {
  database = await createTestDatabase();
  identities = new IdentityRepository(database.db);
  authentication = new AuthenticationService(identities, {} as BootstrapService, NOBODY as OAuthRecogniser, NOBODY as ExternalTokenRecogniser);
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
  const row = await database.db.run(scope, (tx) => identities.insertToken(tx, {
    token_id: randomUUID(), user_id: userId, name: token, hash: hashToken(token), prefix: token.slice(0, 8), last_four: token.slice(-4), expires_at: expiresAt, is_read_only: false,
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
    await database.db.run(scope, (tx) => identities.revokeToken(tx, tokenId));
    expect([await codeOf(token), await codeOf(makeToken('pat'))]).toEqual(['auth.token-invalid', 'auth.token-invalid']);
  });
});
