import type { MigrationInterface, QueryRunner } from 'typeorm';
import { organisationsWhere, wasLongAgo } from '#libs/database';

/** Sessions that were announced while the clock of Postgres was ahead are announced again. */
export class UnsettledSessions1764700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(organisationsWhere('capture.organisations_with_unsettled_sessions', 'capture.sessions',
      `(indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation)) AND ${wasLongAgo('announced_at', 20)}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
