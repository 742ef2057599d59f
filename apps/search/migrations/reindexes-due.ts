import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hasCome, organisationsWhere } from '#libs/database';

/** Reindexes that were leased while the clock of Postgres was ahead are due. */
export class ReindexesDue1764700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(organisationsWhere('search.organisations_with_reindexes_due', 'search.reindexes', `finished_at IS NULL AND ${hasCome('lease_until', 20)}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
