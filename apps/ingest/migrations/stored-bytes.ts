import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The owner of the tables is held to row-level security too, until it is told otherwise for this one statement. */
const STORED_BYTES = `
  ALTER TABLE capture.sessions ADD COLUMN stored_bytes bigint NOT NULL DEFAULT 0;
  COMMENT ON COLUMN capture.sessions.stored_bytes IS 'Of the texts of its observations: kept with the session, so that an organisation''s sum costs no look at them';
  ALTER TABLE capture.sessions NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE capture.observations NO FORCE ROW LEVEL SECURITY;
  UPDATE capture.sessions s SET stored_bytes = o.bytes FROM (
    SELECT organisation_id, session_id, sum(octet_length(title) + octet_length(body) + coalesce(octet_length(tool::text), 0)) AS bytes
    FROM capture.observations GROUP BY organisation_id, session_id) o
  WHERE s.organisation_id = o.organisation_id AND s.session_id = o.session_id;
  ALTER TABLE capture.sessions FORCE ROW LEVEL SECURITY;
  ALTER TABLE capture.observations FORCE ROW LEVEL SECURITY;`;

export class StoredBytes1764310200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STORED_BYTES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
