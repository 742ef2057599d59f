import { definerFunction, definerReads, tenantTable } from '#libs/database';

/**
 * SQL for an app's outbox: events written in the transaction of the change they tell of, removed once they are published.
 * `dedupe_key` holds one waiting event per thing, so that a burst of changes is announced once.
 */
export function outboxTable(schema: string): string {
  return `
    CREATE TABLE ${schema}.outbox (
      organisation_id uuid NOT NULL,
      outbox_id bigint GENERATED ALWAYS AS IDENTITY,
      event_id uuid NOT NULL,
      subject text NOT NULL,
      payload jsonb NOT NULL,
      trace jsonb NOT NULL,
      dedupe_key text,
      not_before timestamptz NOT NULL DEFAULT now(),
      attempts int NOT NULL DEFAULT 0,
      PRIMARY KEY (organisation_id, outbox_id)
    );
    CREATE UNIQUE INDEX outbox_waiting ON ${schema}.outbox (organisation_id, subject, dedupe_key);
    CREATE INDEX outbox_due ON ${schema}.outbox (not_before);
    ${tenantTable(`${schema}.outbox`)}
    ${definerReads(`${schema}.outbox`)}
    CREATE FUNCTION ${schema}.organisations_with_due_outbox() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
      $$ SELECT DISTINCT organisation_id FROM ${schema}.outbox WHERE not_before <= now() $$;
    ${definerFunction(`${schema}.organisations_with_due_outbox()`)}`;
}
