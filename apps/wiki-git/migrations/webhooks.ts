import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, projectTable, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE wiki.webhooks (
    organisation_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('observe', 'mutate', 'reject')),
    on_failure text NOT NULL CHECK (on_failure IN ('open', 'closed')),
    sealed_secret text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, webhook_id),
    UNIQUE (organisation_id, name)
  );
  COMMENT ON COLUMN wiki.webhooks.on_failure IS 'What becomes of a write on which it does not decide: open lets it through';
  CREATE TABLE wiki.webhook_positions (
    organisation_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    project_id uuid NOT NULL,
    told bigint NOT NULL,
    wanted bigint NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, webhook_id, project_id),
    FOREIGN KEY (organisation_id, webhook_id) REFERENCES wiki.webhooks ON DELETE CASCADE
  );
  COMMENT ON TABLE wiki.webhook_positions IS 'Up to which revision of a project an observing webhook has been told, and is to be';
  CREATE INDEX webhook_positions_due ON wiki.webhook_positions (due_at) WHERE told < wanted;
  CREATE TABLE wiki.webhook_deliveries (
    organisation_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    project_id uuid NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    status text NOT NULL,
    http_status int,
    duration_ms int NOT NULL,
    PRIMARY KEY (organisation_id, delivery_id),
    FOREIGN KEY (organisation_id, webhook_id) REFERENCES wiki.webhooks ON DELETE CASCADE
  );
  COMMENT ON TABLE wiki.webhook_deliveries IS 'The last calls of each webhook, without what they said';
  CREATE INDEX webhook_deliveries_newest ON wiki.webhook_deliveries (organisation_id, webhook_id, sent_at DESC);`;

const SWEEP = `
  CREATE FUNCTION wiki.organisations_with_due_webhooks() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM wiki.webhook_positions WHERE told < wanted AND due_at <= now() $$;`;

export class Webhooks1764430600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['webhooks', 'webhook_positions', 'webhook_deliveries']) await runner.query(tenantTable(`wiki.${table}`));
    for (const table of ['webhook_positions', 'webhook_deliveries']) await runner.query(projectTable(`wiki.${table}`));
    await runner.query(definerReads('wiki.webhook_positions'));
    await runner.query(SWEEP);
    await runner.query(definerFunction('wiki.organisations_with_due_webhooks()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
