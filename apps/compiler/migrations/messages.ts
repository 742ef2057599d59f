import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.messages (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    from_project_id uuid NOT NULL,
    from_project_name text NOT NULL,
    from_user_id uuid NOT NULL,
    from_user_name text NOT NULL,
    from_agent text,
    to_project_id uuid,
    to_project_name text,
    to_user_id uuid,
    to_user_name text,
    subject text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'claimed', 'cancelled')),
    sent_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    claimed_at timestamptz,
    claimed_by uuid,
    claimed_by_agent text,
    claimed_by_session text,
    PRIMARY KEY (organisation_id, message_id),
    CHECK (to_project_id IS NOT NULL OR to_user_id IS NOT NULL)
  );
  COMMENT ON COLUMN memory.messages.expires_at IS 'From then on a pending one is given to nobody; 30 days later the row goes';
  CREATE INDEX messages_for_project ON memory.messages (organisation_id, to_project_id, sent_at);
  CREATE INDEX messages_for_user ON memory.messages (organisation_id, to_user_id, sent_at);
  CREATE INDEX messages_sent ON memory.messages (organisation_id, from_user_id, sent_at DESC);
  CREATE INDEX messages_by_expiry ON memory.messages (organisation_id, expires_at);
  CREATE INDEX messages_claimed_by ON memory.messages (organisation_id, claimed_by_session) WHERE state = 'claimed';`;

export class Messages1764100200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.messages'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
