import { definerFunction, type Migration } from '#libs/database';

type Runner = Parameters<InstanceType<Migration>['up']>[0];

const SCHEMAS = ['capture', 'wiki'];

/** SQL that lets everybody see how many events wait in an outbox, counted up to 100,000, and how old the oldest is. */
function outboxAge(schema: string): string {
  return `
    ALTER TABLE ${schema}.outbox ADD COLUMN added_at timestamptz NOT NULL DEFAULT now();
    COMMENT ON COLUMN ${schema}.outbox.added_at IS 'Of the first of those that took this place';
    CREATE FUNCTION ${schema}.outbox_state() RETURNS TABLE (waiting bigint, oldest_seconds float8) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
      $$ SELECT count(*), coalesce(extract(epoch FROM now() - min(o.added_at)), 0)::float8 FROM (SELECT added_at FROM ${schema}.outbox LIMIT 100000) AS o $$;
    ${definerFunction(`${schema}.outbox_state()`)}`;
}

/** When an event was put into an outbox. */
export class OutboxAge1764600100000 implements InstanceType<Migration> {
  async up(runner: Runner): Promise<void> {
    for (const schema of SCHEMAS) await runner.query(outboxAge(schema));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
