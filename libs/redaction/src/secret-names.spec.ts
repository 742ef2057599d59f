import { expect, it } from 'vitest';
import { weightOfName } from './secret-names.js';

it.each([
  ...['password', 'dbPassword', 'DB_PASSWORD', 'PGPASSWORD', 'db_pass', 'MYSQL_PWD', 'passwd', 'passphrase', 'password2', 'newPassword', 'password_confirmation', 'password_hash',
    'secret', 'client_secret', 'clientSecret', 'JWT_SECRET', 'SECRET_KEY_BASE', 'AWS_SECRET_ACCESS_KEY', 'token', 'accessToken', 'GITHUB_TOKEN', '_authToken', 'x-auth-token', 'TOKEN_PROD',
    'apiKey', 'api_key', 'apikey', 'X-Api-Key', 'OPENAI_API_KEY', 'private_key', 'signingKey', 'encryption-key', 'credentials', 'DB_CREDENTIALS', 'authorization', 'connectionString',
    'connection_string', '--db-password', 'Set-Cookie', 'mnemonic'].map((name) => [name, 'secret'] as const),
  ...['ACME_KEY', 'auth', '_auth', 'TOKEN_GITHUB', 'secrets', 'salt'].map((name) => [name, 'perhaps'] as const),
  ...['', 'key', 'keyboard', 'primaryKey', 'PRIMARY_KEY', 'public_key', 'cacheKey', 'monkey', 'user', 'author', 'compass', 'bypass', 'tokenizer', 'max_tokens', 'tokenCount', 'token_type',
    'nextPageToken', 'cancellationToken', 'PASSWORD_FILE', 'secretName', 'password_reset_url', 'passwordField', 'tokenExpiresAt', 'key_id', 'sessionId', '42'].map((name) => [name, 'none'] as const),
])('%s: %s', (name, weight) => {
  expect(weightOfName(name)).toBe(weight);
});
