import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { AddWebhook, ListDeliveries, ListWebhooks, OnFailure, type OutputOf, DeleteWebhook, WebhookMode } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const WebhookView = z.object({
  webhook_id: z.uuid(), name: z.string(), url: z.string(), mode: WebhookMode, on_failure: OnFailure.describe('What becomes of a write on which it does not decide: `open` lets it through.'), created_at: z.iso.datetime(),
}).meta({ id: 'Webhook' });

const ListAllWebhooks = route({ method: 'GET', path: '/webhooks', summary: 'The organisation\'s webhooks, by name. For owners and admins.', response: z.object({ webhooks: z.array(WebhookView) }) });

const CreateWebhook = route({
  method: 'POST',
  path: '/webhooks',
  summary: 'Makes a webhook, which is told of pages that were written, or asked before they are. For owners and admins.',
  body: z.strictObject({
    name: z.string().min(1).max(100), url: z.url({ protocol: /^https?$/ }).max(500).describe('Over TLS, at a public address, unless the operator lets its host be private.'),
    mode: WebhookMode.describe('`observe` is told after; `reject` may refuse; `mutate` may also change title, body and tags.'), on_failure: OnFailure.default('open'),
  }),
  response: z.object({ webhook: WebhookView, secret: z.string().describe('What calls are signed with. Shown this once.') }),
  status: 201,
});

const RemoveOneWebhook = route({ method: 'DELETE', path: '/webhooks/{webhook}', summary: 'Removes a webhook; nothing waits for it any more. For owners and admins.', response: z.object({ removed: z.literal(true) }) });

const ListWebhookDeliveries = route({
  method: 'GET',
  path: '/webhooks/{webhook}/deliveries',
  summary: 'The last fifty calls of a webhook, newest first, without what they said. For owners and admins.',
  response: z.object({
    deliveries: z.array(z.object({
      delivery_id: z.uuid().describe('The `webhook-id` that was sent.'), project_id: z.uuid(), sent_at: z.iso.datetime(), status: z.string().describe('What was decided, or what went wrong.'), http_status: z.int().nullable(), duration_ms: z.int(),
    })),
  }),
});

@Controller()
export class WebhooksController {
  constructor(private readonly bus: Bus) {}

  @Requires('admin:settings')
  @Route(ListAllWebhooks)
  async listWebhooks(scope: TenantScope): Promise<RouteAnswer<typeof ListAllWebhooks>> {
    return { webhooks: (await this.bus.ask(scope, ListWebhooks, {})).webhooks.map(webhookView) };
  }

  @Requires('admin:settings')
  @Route(CreateWebhook)
  async createWebhook(scope: TenantScope, { body: { on_failure: onFailure, ...body } }: RouteInput<typeof CreateWebhook>): Promise<RouteAnswer<typeof CreateWebhook>> {
    const { webhook, secret } = await this.bus.ask(scope, AddWebhook, { ...body, onFailure });
    return { webhook: webhookView(webhook), secret };
  }

  @Requires('admin:settings')
  @Route(RemoveOneWebhook)
  async removeWebhook(scope: TenantScope, { params }: RouteInput<typeof RemoveOneWebhook>): Promise<RouteAnswer<typeof RemoveOneWebhook>> {
    await this.bus.ask(scope, DeleteWebhook, { webhookId: params.webhook });
    return { removed: true };
  }

  @Requires('admin:settings')
  @Route(ListWebhookDeliveries)
  async listWebhookDeliveries(scope: TenantScope, { params }: RouteInput<typeof ListWebhookDeliveries>): Promise<RouteAnswer<typeof ListWebhookDeliveries>> {
    const { deliveries } = await this.bus.ask(scope, ListDeliveries, { webhookId: params.webhook });
    return { deliveries: deliveries.map((each) => ({ delivery_id: each.deliveryId, project_id: each.projectId, sent_at: each.sentAt, status: each.status, http_status: each.httpStatus, duration_ms: each.durationMs })) };
  }
}

function webhookView({ webhookId, onFailure, createdAt, ...same }: OutputOf<typeof ListWebhooks>['webhooks'][number]): z.output<typeof WebhookView> {
  return { ...same, webhook_id: webhookId, on_failure: onFailure, created_at: createdAt };
}
