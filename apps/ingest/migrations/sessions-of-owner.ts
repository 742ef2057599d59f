import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SessionsOfOwner1764430300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX sessions_of_owner ON capture.sessions (organisation_id, owner_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
