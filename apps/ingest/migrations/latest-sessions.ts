import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LatestSessions1764439500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX sessions_by_last_event ON capture.sessions (organisation_id, last_event_at DESC)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
