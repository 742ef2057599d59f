import { Injectable } from '@nestjs/common';
import { hasCome, type TenantTx } from '#libs/database';

/** The longest that an observing webhook that fails is put off. */
export const WAIT_SECONDS_MAX = 3_600;

export interface WebhookRow {
  webhook_id: string;
  name: string;
  url: string;
  mode: 'observe' | 'mutate' | 'reject';
  on_failure: 'open' | 'closed';
  sealed_secret: string;
  created_at: Date;
}

export interface DeliveryRow {
  delivery_id: string;
  webhook_id: string;
  project_id: string;
  sent_at: Date;
  /** What was decided, or what went wrong. */
  status: string;
  http_status: number | null;
  duration_ms: number;
}

/** How far an observing webhook has been told of a project. */
export interface PositionRow {
  webhook_id: string;
  project_id: string;
  told: number;
  wanted: number;
  attempts: number;
}

const COLUMNS = 'webhook_id, name, url, mode, on_failure, sealed_secret, created_at';
const DELIVERIES_KEPT = 50;

/** Webhooks, what they were sent, and how far they have been told. */
@Injectable()
export class WebhooksRepository {
  /** By name. */
  list(tx: TenantTx): Promise<WebhookRow[]> {
    return tx.query<WebhookRow>(`SELECT ${COLUMNS} FROM wiki.webhooks WHERE organisation_id = $1 ORDER BY name`, [tx.organisationId]);
  }

  /** Those that are asked before a write: first who may change it, so that nobody decides on what is changed after; then the oldest. */
  deciding(tx: TenantTx): Promise<WebhookRow[]> {
    return tx.prepared<WebhookRow>(`SELECT ${COLUMNS} FROM wiki.webhooks WHERE organisation_id = $1 AND mode <> 'observe' ORDER BY mode, created_at, webhook_id`, [tx.organisationId]);
  }

  async find(tx: TenantTx, webhookId: string): Promise<WebhookRow | undefined> {
    return (await tx.query<WebhookRow>(`SELECT ${COLUMNS} FROM wiki.webhooks WHERE organisation_id = $1 AND webhook_id = $2`, [tx.organisationId, webhookId]))[0];
  }

  /** False where the name is taken. One that observes is told of what is written from now on. */
  async insert(tx: TenantTx, webhook: Omit<WebhookRow, 'created_at'>): Promise<boolean> {
    const rows = await tx.query(
      'INSERT INTO wiki.webhooks (organisation_id, webhook_id, name, url, mode, on_failure, sealed_secret) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1',
      [tx.organisationId, webhook.webhook_id, webhook.name, webhook.url, webhook.mode, webhook.on_failure, webhook.sealed_secret]);
    if (rows.length > 0 && webhook.mode === 'observe') {
      await tx.query('INSERT INTO wiki.webhook_positions (organisation_id, webhook_id, project_id, told, wanted) SELECT $1, $2, project_id, revision, revision FROM wiki.heads WHERE organisation_id = $1', [tx.organisationId, webhook.webhook_id]);
    }
    return rows.length > 0;
  }

  async remove(tx: TenantTx, webhookId: string): Promise<boolean> {
    return (await tx.query('DELETE FROM wiki.webhooks WHERE organisation_id = $1 AND webhook_id = $2 RETURNING 1', [tx.organisationId, webhookId])).length > 0;
  }

  /** The last fifty of a webhook are kept. */
  async addDelivery(tx: TenantTx, delivery: Omit<DeliveryRow, 'sent_at'>): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.webhook_deliveries (organisation_id, delivery_id, webhook_id, project_id, status, http_status, duration_ms)
       SELECT $1, $2, webhook_id, $4, $5, $6, $7 FROM wiki.webhooks WHERE organisation_id = $1 AND webhook_id = $3`,
      [tx.organisationId, delivery.delivery_id, delivery.webhook_id, delivery.project_id, delivery.status, delivery.http_status, delivery.duration_ms]);
    await tx.query(
      `DELETE FROM wiki.webhook_deliveries WHERE organisation_id = $1 AND webhook_id = $2 AND delivery_id IN (
         SELECT delivery_id FROM wiki.webhook_deliveries WHERE organisation_id = $1 AND webhook_id = $2 ORDER BY sent_at DESC OFFSET ${DELIVERIES_KEPT})`, [tx.organisationId, delivery.webhook_id]);
  }

  /** Newest first. */
  deliveries(tx: TenantTx, webhookId: string): Promise<DeliveryRow[]> {
    return tx.query<DeliveryRow>(
      `SELECT delivery_id, webhook_id, project_id, sent_at, status, http_status, duration_ms FROM wiki.webhook_deliveries
       WHERE organisation_id = $1 AND webhook_id = $2 ORDER BY sent_at DESC, delivery_id LIMIT ${DELIVERIES_KEPT}`, [tx.organisationId, webhookId]);
  }

  /** Every observing webhook is to be told of a project up to a revision. */
  async want(tx: TenantTx, projectId: string, revision: number): Promise<void> {
    await tx.query(
      `INSERT INTO wiki.webhook_positions AS p (organisation_id, webhook_id, project_id, told, wanted) SELECT $1, webhook_id, $2, 0, $3 FROM wiki.webhooks WHERE organisation_id = $1 AND mode = 'observe'
       ON CONFLICT (organisation_id, webhook_id, project_id) DO UPDATE SET wanted = greatest(p.wanted, excluded.wanted)`, [tx.organisationId, projectId, revision]);
  }

  /** Takes those that are behind and due, and puts them off for as long as a call may take, so that no two processes call at once. */
  takeDue(tx: TenantTx, limit: number): Promise<PositionRow[]> {
    return tx.query<PositionRow>(
      `UPDATE wiki.webhook_positions SET due_at = now() + interval '10 seconds' WHERE organisation_id = $1 AND (webhook_id, project_id) IN (
         SELECT webhook_id, project_id FROM wiki.webhook_positions WHERE organisation_id = $1 AND told < wanted AND ${hasCome('due_at', WAIT_SECONDS_MAX)} ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING webhook_id, project_id, told::float8 AS told, wanted::float8 AS wanted, attempts`, [tx.organisationId, limit]);
  }

  async advance(tx: TenantTx, { webhook_id: webhookId, project_id: projectId }: PositionRow, told: number): Promise<void> {
    await tx.query(
      'UPDATE wiki.webhook_positions SET told = greatest(told, $4), attempts = 0, due_at = now() WHERE organisation_id = $1 AND webhook_id = $2 AND project_id = $3', [tx.organisationId, webhookId, projectId, told]);
  }

  async putOff(tx: TenantTx, { webhook_id: webhookId, project_id: projectId }: PositionRow, seconds: number): Promise<void> {
    await tx.query(
      `UPDATE wiki.webhook_positions SET attempts = attempts + 1, due_at = now() + $4 * interval '1 second' WHERE organisation_id = $1 AND webhook_id = $2 AND project_id = $3`, [tx.organisationId, webhookId, projectId, seconds]);
  }
}
