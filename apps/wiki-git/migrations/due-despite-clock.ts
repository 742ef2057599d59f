import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hasCome, organisationsWhere, wasLongAgo } from '#libs/database';

/** Heads and calls of webhooks that were put off while the clock of Postgres was ahead are due. */
export class DueDespiteClock1764700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(organisationsWhere('wiki.organisations_with_unindexed_heads', 'wiki.heads', `indexed_revision < revision AND ${wasLongAgo('announced_at', 10)}`));
    await runner.query(organisationsWhere('wiki.organisations_with_due_webhooks', 'wiki.webhook_positions', `told < wanted AND ${hasCome('due_at', 3_600)}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
