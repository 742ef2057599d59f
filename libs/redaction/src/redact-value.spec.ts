import { describe, expect, it } from 'vitest';
import { redactValue } from './redact-value.js';

const NAMED = '[REDACTED:named-secret]';
const password = `h${'unter'}2!Zq`;
const githubToken = `gh${'p_'}${'aB3dE6gH9jK2mN5pQ8sT'}`;

function nested(depth: number, leaf: unknown): unknown {
  return depth === 0 ? leaf : { inner: nested(depth - 1, leaf) };
}

describe('redactValue', () => {
  it.each([
    [{ password }, { password: NAMED }],
    [{ user: 'ada', db: { dbPassword: 'plain', port: 5432 } }, { user: 'ada', db: { dbPassword: NAMED, port: 5432 } }],
    [{ authorization: 'Bearer abc' }, { authorization: NAMED }],
    [{ client_secret: 'x9', private_key: 'k1', connectionString: 'Server=db' }, { client_secret: NAMED, private_key: NAMED, connectionString: NAMED }],
    [{ 'X-Api-Key': 'v1', Cookie: 'sid=1' }, { 'X-Api-Key': NAMED, Cookie: NAMED }],
    [{ secret: ['one1', 'two2'] }, { secret: [NAMED, NAMED] }],
    [{ note: `uses ${githubToken} here` }, { note: 'uses [REDACTED:github-token] here' }],
    [{ [githubToken]: 1 }, { '[REDACTED:github-token]': 1 }],
    [{ name: 'SMTP_PASSWORD', value: 'plain' }, { name: 'SMTP_PASSWORD', value: NAMED }],
    [{ key: 'Authorization', value: 'Bearer abc' }, { key: 'Authorization', value: NAMED }],
    [['deploy', '--token', 'abc', '--force'], ['deploy', '--token', NAMED, '--force']],
    [{ command: `curl -u ada:${password} https://x` }, { command: 'curl -u ada:[REDACTED:user-and-password] https://x' }],
    [{ body: JSON.stringify({ password }) }, { body: JSON.stringify({ password: NAMED }) }],
    [{ password: 48151623 }, { password: NAMED }],
    [`token=${githubToken}`, 'token=[REDACTED:github-token]'],
  ])('replaces the secrets of %j', (value, expected) => {
    expect(redactValue(value).value).toEqual(expected);
  });

  it.each([
    { password: '' },
    { password: 'true', token: '***', secret: '${SECRET}', apiKey: '$API_KEY', authorization: 'Bearer ${TOKEN}' },
    { token: null, password: false, tokens: 3, max_tokens: 4096, secretCount: 2 },
    { type: 'object', properties: { password: { type: 'string', description: 'The password of the user' } } },
    { sessionId: '0f8fad5b-d9cb-469f-a165-70867728950e', key: 'user-42', tokenType: 'bearer' },
    { file_path: '/src/secrets/password.ts', command: 'npm test', exit_code: 0 },
    [1, 'two', null, [true, { three: 3 }]],
    'plain text', 0, null, true,
  ])('keeps %j as it is', (value) => {
    expect(redactValue(value)).toEqual({ value, findings: {} });
  });

  it('counts what it replaced, by rule', () => {
    expect(redactValue({ password, list: [githubToken, githubToken] }).findings).toEqual({ 'named-secret': 1, 'github-token': 2 });
  });

  it('withholds what lies deeper than 64 levels', () => {
    expect(redactValue(nested(64, { password })).value).toEqual(nested(64, '[REDACTED:unreadable]'));
    expect(redactValue(nested(63, { password })).value).toEqual(nested(63, { password: NAMED }));
  });

  it('survives nesting that no recursion could walk', () => {
    expect(JSON.stringify(redactValue(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).value)).toContain('unreadable');
  });

  it('takes values of any width', () => {
    expect(redactValue(Array.from({ length: 200_000 }, () => githubToken)).findings).toEqual({ 'github-token': 200_000 });
  });

  it('treats __proto__ as a key like any other', () => {
    const { value } = redactValue(JSON.parse(`{"__proto__":{"password":"${password}"}}`) as object);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe(`{"__proto__":{"password":"${NAMED}"}}`);
  });

  it('leaves its argument unchanged', () => {
    const value = { password };
    redactValue(value);
    expect(value).toEqual({ password });
  });
});
