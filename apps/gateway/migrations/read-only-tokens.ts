import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction } from '#libs/database';

/** A function can't change what it returns, so that it is made anew. */
const READ_ONLY = `
  ALTER TABLE identity.tokens ADD COLUMN is_read_only boolean NOT NULL DEFAULT false;
  DROP FUNCTION identity.find_token(bytea);
  CREATE FUNCTION identity.find_token(token_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, token_id uuid, user_id uuid, name text, email text, role text, is_operator boolean, expires_at timestamptz, is_read_only boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT t.organisation_id, o.name, t.token_id, u.user_id, u.name, u.email, u.role, u.is_operator, t.expires_at, t.is_read_only
    FROM identity.tokens t
    JOIN identity.users u ON u.organisation_id = t.organisation_id AND u.user_id = t.user_id
    JOIN identity.organisations o ON o.organisation_id = t.organisation_id
    WHERE t.hash = token_hash AND t.revoked_at IS NULL AND u.disabled_at IS NULL $$;`;

export class ReadOnlyTokens1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(READ_ONLY);
    await runner.query(definerFunction('identity.find_token(bytea)'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
