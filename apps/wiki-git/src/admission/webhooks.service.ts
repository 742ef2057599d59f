import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import type { AddWebhook, ListDeliveries, ListWebhooks, OutputOf, ParsedInputOf } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { outgoingRules, refuseUncallable } from '#libs/outgoing';
import { sealText } from '#libs/sealing';
import type { TenantScope } from '#libs/tenancy';
import { ADMISSION_SURROUNDINGS, type AdmissionSurroundings } from './admission-surroundings.js';
import { NO_SECRET_KEY, WEBHOOK_TAKEN, WEBHOOKS_FULL } from './admission.faults.js';
import { newSecret } from './webhook-signature.js';
import { type WebhookRow, WebhooksRepository } from './webhooks.repository.js';

const WEBHOOKS_MAX = 10;
const NO_WEBHOOK = 'There is no such webhook.';

/** Which webhooks an organisation has. A secret comes out once, when its webhook is made. */
@Injectable()
export class WebhooksService {
  constructor(private readonly db: TenantDb, private readonly webhooks: WebhooksRepository, @Inject(ADMISSION_SURROUNDINGS) private readonly config: AdmissionSurroundings) {}

  async list(scope: TenantScope): Promise<OutputOf<typeof ListWebhooks>> {
    return { webhooks: (await this.db.run(scope, (tx) => this.webhooks.list(tx))).map(webhookOf) };
  }

  async add(scope: TenantScope, { name, url, mode, onFailure }: ParsedInputOf<typeof AddWebhook>): Promise<OutputOf<typeof AddWebhook>> {
    refuseUncallable(url, outgoingRules(this.config));
    const key = this.config.AI_MEMORY_SECRET_KEY;
    if (key === undefined) throw new Fault(NO_SECRET_KEY);
    const secret = newSecret();
    const row = { webhook_id: randomUUID(), name, url, mode, on_failure: onFailure, sealed_secret: sealText(key, 'webhooks', scope.organisationId, secret) };
    return this.db.run(scope, async (tx) => {
      if ((await this.webhooks.list(tx)).length >= WEBHOOKS_MAX) throw new Fault(WEBHOOKS_FULL);
      if (!(await this.webhooks.insert(tx, row))) throw new Fault(WEBHOOK_TAKEN);
      await recordAudit(tx, scope, { action: 'webhook.created', target: `webhook:${row.webhook_id}`, after: { name, host: new URL(url).host, mode, on_failure: onFailure } });
      return { webhook: webhookOf((await this.webhooks.find(tx, row.webhook_id))!), secret };
    });
  }

  async remove(scope: TenantScope, webhookId: string): Promise<void> {
    await this.db.run(scope, async (tx) => {
      const row = await this.webhooks.find(tx, webhookId);
      if (!row || !(await this.webhooks.remove(tx, webhookId))) throw new Fault(NOT_FOUND, { sentence: NO_WEBHOOK });
      await recordAudit(tx, scope, { action: 'webhook.removed', target: `webhook:${webhookId}`, before: { name: row.name } });
    });
  }

  async deliveries(scope: TenantScope, webhookId: string): Promise<OutputOf<typeof ListDeliveries>> {
    const rows = await this.db.run(scope, async (tx) => {
      if (!(await this.webhooks.find(tx, webhookId))) throw new Fault(NOT_FOUND, { sentence: NO_WEBHOOK });
      return this.webhooks.deliveries(tx, webhookId);
    });
    return { deliveries: rows.map((row) => ({ deliveryId: row.delivery_id, projectId: row.project_id, sentAt: row.sent_at.toISOString(), status: row.status, httpStatus: row.http_status, durationMs: row.duration_ms })) };
  }
}

function webhookOf({ webhook_id: webhookId, name, url, mode, on_failure: onFailure, created_at: createdAt }: WebhookRow): OutputOf<typeof ListWebhooks>['webhooks'][number] {
  return { webhookId, name, url, mode, onFailure, createdAt: createdAt.toISOString() };
}
