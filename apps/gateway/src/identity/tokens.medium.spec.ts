import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Bus, InProcessTransport } from '#libs/bus';
import { migrate } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, scopeForTest, type TestDatabase, urlOf } from '#libs/testing';
import { gatewayMigrations } from '../../migrations/index.js';
import { Tokens1764300100000 } from '../../migrations/tokens.js';
import { hashToken, makeToken } from './access-token.js';
import { IdentityRepository } from './identity.repository.js';
import { EVERY_SCOPE } from './token-scopes.js';
import { TokenUsesService } from './token-uses.service.js';
import { type TokenKind, TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';
import { UnusedTokensJob } from './unused-tokens.job.js';

const MINUTE_MS = 60_000;
const userId = randomUUID();
const scope = scopeForTest(randomUUID(), { userId });
let database: TestDatabase;
let tokens: TokensRepository;
let lives: TokensService;
let bus: Bus;

beforeAll(async () => {
  database = await createTestDatabase();
  const identities = new IdentityRepository(database.db);
  tokens = new TokensRepository(database.db);
  bus = new Bus(new InProcessTransport());
  lives = new TokensService(database.db, identities, tokens, bus);
  await database.db.run(scope, async (tx) => {
    await identities.insertOrganisation(tx, 'acme');
    await identities.insertUser(tx, { user_id: userId, name: 'dev', email: 'dev@acme.test', role: 'owner', is_operator: false });
  });
});
afterAll(() => database.drop());

async function storedToken(kind: TokenKind = 'pat', of: TenantScope = scope): Promise<string> {
  const token = makeToken('pat');
  const row = await database.db.run(of, (tx) => tokens.insert(tx, {
    token_id: randomUUID(), user_id: userId, kind, name: 'test', hash: hashToken(token), prefix: token.slice(0, 8), last_four: token.slice(-4), scopes: [...EVERY_SCOPE], project_ids: null, expires_at: null, created_by: null,
  }));
  return row.token_id;
}

describe('a token that nobody uses', () => {
  it.each([
    ['for more than a year', "created_at = now() - interval '400 days'", 'pat', 'revoked'],
    ['since it was used long ago', "created_at = now() - interval '800 days', last_used_at = now() - interval '367 days'", 'svc', 'revoked'],
    ['for less than a year', "created_at = now() - interval '360 days'", 'pat', 'alive'],
    ['though it is old', "created_at = now() - interval '800 days', last_used_at = now() - interval '1 day'", 'pat', 'alive'],
    ['but which the settings name', "created_at = now() - interval '800 days'", 'preset', 'alive'],
  ] as const)('%s is revoked or not', async (_how, set, kind, expected) => {
    const tokenId = await storedToken(kind);
    await database.inspect(`UPDATE identity.tokens SET ${set} WHERE token_id = $1`, [tokenId]);
    await new UnusedTokensJob(database.db, tokens, bus).run();
    const { revoked_reason: reason } = await lives.read(scope, tokenId);
    expect(reason).toBe(expected === 'revoked' ? 'not used for a year' : null);
  });
});

describe('the use of a token', () => {
  const now = Date.now();
  const seen = async (tokenId: string) => {
    const { last_used_at: at, last_used_from: from } = await lives.read(scope, tokenId);
    return [at && at.getTime() - now, from];
  };

  it('is written after a while, and again after a quarter of an hour, also by several gateways', async () => {
    const tokenId = await storedToken();
    const [uses, elsewhere] = [new TokenUsesService(database.db, tokens), new TokenUsesService(database.db, tokens)];
    uses.note(scope, tokenId, '192.0.2.1', now);
    expect(await seen(tokenId)).toEqual([null, null]);
    await uses.flush();
    expect(await seen(tokenId)).toEqual([0, '192.0.2.1']);
    uses.note(scope, tokenId, '192.0.2.2', now + 14 * MINUTE_MS);
    elsewhere.note(scope, tokenId, '192.0.2.3', now + 14 * MINUTE_MS);
    for (const each of [uses, elsewhere]) await each.flush();
    expect(await seen(tokenId)).toEqual([0, '192.0.2.1']);
    uses.note(scope, tokenId, '192.0.2.4', now + 16 * MINUTE_MS);
    await uses.flush();
    expect(await seen(tokenId)).toEqual([16 * MINUTE_MS, '192.0.2.4']);
  });

  it('is written before the process stops', async () => {
    const tokenId = await storedToken();
    const uses = new TokenUsesService(database.db, tokens);
    uses.note(scope, tokenId, '192.0.2.9', now);
    await uses.beforeApplicationShutdown();
    expect(await seen(tokenId)).toEqual([0, '192.0.2.9']);
  });
});

it('tokens of the release before mean what they meant', async () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const url = urlOf(inject('postgresUrl'), name);
  const before = gatewayMigrations.slice(0, gatewayMigrations.indexOf(Tokens1764300100000));
  await migrate(url, before);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const [organisationId, userOfBefore] = [randomUUID(), randomUUID()];
  await client.query("INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, 'acme')", [organisationId]);
  await client.query("INSERT INTO identity.users (organisation_id, user_id, name, email, role) VALUES ($1, $2, 'dev', '', 'owner')", [organisationId, userOfBefore]);
  for (const [tokenName, isReadOnly, expiry] of [['full', false, '2030-01-01'], ['reading', true, '2030-01-01'], ['bootstrap', false, null]] as const) {
    await client.query(
      "INSERT INTO identity.tokens (organisation_id, token_id, user_id, name, hash, prefix, last_four, expires_at, is_read_only) VALUES ($1, gen_random_uuid(), $2, $3, $4, 'mem_pat_', 'abcd', $5, $6)",
      [organisationId, userOfBefore, tokenName, hashToken(tokenName), expiry, isReadOnly]);
  }
  expect(await migrate(url, [...before, Tokens1764300100000])).toEqual(['Tokens1764300100000']);
  const { rows } = await client.query<{ name: string; kind: string; scopes: string[]; project_ids: null }>('SELECT name, kind, scopes, project_ids FROM identity.tokens ORDER BY name');
  expect(rows).toEqual([
    { name: 'bootstrap', kind: 'preset', scopes: EVERY_SCOPE, project_ids: null },
    { name: 'full', kind: 'pat', scopes: EVERY_SCOPE, project_ids: null },
    { name: 'reading', kind: 'pat', scopes: ['memory:read', 'git'], project_ids: null },
  ]);
  await client.end();
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
});
