import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The session alone: equal keys are kept once, so that the index takes a sixth. Which of a session's documents are meant is told by their rows, which are read anyway. */
export class SessionIndex1764590000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX search.documents_by_session');
    await runner.query(`CREATE INDEX documents_by_session ON search.documents (session_id) WHERE type = 'observation'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
