import { Controller } from '@nestjs/common';
import { Hears, Serves } from '#libs/bus';
import { AddWebhook, HeadMoved, ListDeliveries, ListWebhooks, type OutputOf, type ParsedInputOf, type PayloadOf, DeleteWebhook } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

@Controller()
export class AdmissionHandlers {
  constructor(private readonly db: TenantDb, private readonly repository: WebhooksRepository, private readonly webhooks: WebhooksService) {}

  @Hears(HeadMoved, 'wiki-git')
  async headMoved(scope: TenantScope, { projectId, revision }: PayloadOf<typeof HeadMoved>): Promise<void> {
    await this.db.run(scope, (tx) => this.repository.want(tx, projectId, revision));
  }

  @Serves(ListWebhooks)
  list(scope: TenantScope, _input: ParsedInputOf<typeof ListWebhooks>): Promise<OutputOf<typeof ListWebhooks>> {
    return this.webhooks.list(scope);
  }

  @Serves(AddWebhook)
  add(scope: TenantScope, input: ParsedInputOf<typeof AddWebhook>): Promise<OutputOf<typeof AddWebhook>> {
    return this.webhooks.add(scope, input);
  }

  @Serves(DeleteWebhook)
  async remove(scope: TenantScope, { webhookId }: ParsedInputOf<typeof DeleteWebhook>): Promise<OutputOf<typeof DeleteWebhook>> {
    await this.webhooks.remove(scope, webhookId);
    return {};
  }

  @Serves(ListDeliveries)
  deliveries(scope: TenantScope, { webhookId }: ParsedInputOf<typeof ListDeliveries>): Promise<OutputOf<typeof ListDeliveries>> {
    return this.webhooks.deliveries(scope, webhookId);
  }
}
