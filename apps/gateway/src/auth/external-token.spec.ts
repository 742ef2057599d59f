import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, type JWTVerifyGetKey, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimsOf, looksExternal, scopesOf } from './external-token.js';

const OURS = { issuer: 'https://idp.example.com', audience: 'https://memory.example.com' };
const NOW = Math.floor(Date.now() / 1_000);
let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let stranger: Awaited<ReturnType<typeof generateKeyPair>>;
let keys: JWTVerifyGetKey;

beforeAll(async () => {
  [pair, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] });
});

function sign(claims: object, key = pair.privateKey, header: object = {}): Promise<string> {
  return new SignJWT({ iss: OURS.issuer, aud: OURS.audience, sub: 'ada', exp: NOW + 300, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key);
}

describe('a token of another issuer', () => {
  it.each([['for us', {}], ['for us among others', { aud: ['https://other.example', OURS.audience] }], ['that ended within the skew of clocks', { exp: NOW - 50 }], ['that begins within it', { nbf: NOW + 50 }]])('%s is accepted', async (_what, claims) => {
    expect(await claimsOf(await sign(claims), OURS, keys)).toMatchObject({ sub: 'ada' });
  });

  it.each([
    ['for somebody else', { aud: 'https://other.example' }], ['for nobody', { aud: undefined }], ['of somebody else', { iss: 'https://evil.example' }], ['that has ended', { exp: NOW - 90 }], ['that never ends', { exp: undefined }],
    ['of a time to come', { nbf: NOW + 90 }], ['of nobody', { sub: undefined }],
  ])('%s is refused', async (_what, claims) => {
    expect(await claimsOf(await sign(claims), OURS, keys)).toBeNull();
  });

  it('that another key signed, or none, or that was changed, is refused', async () => {
    const token = await sign({});
    const [head, body, signature] = token.split('.') as [string, string, string];
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const changed = [head, Buffer.from(JSON.stringify({ iss: OURS.issuer, aud: OURS.audience, sub: 'root', exp: NOW + 300 })).toString('base64url'), signature].join('.');
    for (const bad of [await sign({}, stranger.privateKey), await sign({}, stranger.privateKey, { kid: 'two' }), unsigned, changed, 'a.b.c']) expect(await claimsOf(bad, OURS, keys)).toBeNull();
  });

  it('is told from ours by its look', () => {
    expect([looksExternal('a.b.c'), looksExternal(`mem_pat_${'x'.repeat(36)}`), looksExternal('a.b'), looksExternal(`a.b.${'c'.repeat(9_000)}`)]).toEqual([true, false, false, false]);
  });

  it.each([
    [{}, ['memory:read', 'git']], [{ scope: 'memory:read openid' }, ['memory:read']], [{ scp: ['git'] }, ['git']], [{ scope: 'admin:*' }, ['memory:read', 'git']], [{ scope: 'openid', scp: 7 }, ['memory:read', 'git']],
  ])('with %o may be used for %j of what the operator lets it', (claims, scopes) => expect(scopesOf(claims as JWTPayload, ['memory:read', 'git'])).toEqual(scopes));
});
