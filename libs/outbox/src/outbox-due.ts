import { hasCome, type Migration, organisationsWhere } from '#libs/database';

type Runner = Parameters<InstanceType<Migration>['up']>[0];

const SCHEMAS = ['capture', 'wiki'];
/** The longest that an event is kept back, whether it was announced with a delay, taken, or put off. */
export const KEPT_BACK_MS_MAX = 30_000;
/** SQL; true of events that are to go out. */
export const IS_DUE = hasCome('not_before', KEPT_BACK_MS_MAX / 1_000);

/** What was put down while the clock of Postgres was ahead is due. */
export class OutboxDue1764700100000 implements InstanceType<Migration> {
  async up(runner: Runner): Promise<void> {
    for (const schema of SCHEMAS) await runner.query(organisationsWhere(`${schema}.organisations_with_due_outbox`, `${schema}.outbox`, IS_DUE));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
