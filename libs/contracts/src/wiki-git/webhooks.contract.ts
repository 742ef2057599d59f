import { z } from 'zod';
import { request } from '../define.js';

export const WebhookMode = z.enum(['observe', 'mutate', 'reject']);
export const OnFailure = z.enum(['open', 'closed']);

const Webhook = z.object({
  webhookId: z.uuid(), name: z.string(), url: z.string(), mode: WebhookMode,
  /** What becomes of a write on which it does not decide. */
  onFailure: OnFailure,
  createdAt: z.iso.datetime(),
});

/** The organisation's, by name; never with their secret. */
export const ListWebhooks = request('wiki-git.list-webhooks.v1', { permission: 'admin:settings', input: z.object({}), output: z.object({ webhooks: z.array(Webhook) }), timeoutMs: 2_000 });

/** Makes one, and tells its secret, this once. Fails with `conflict` for a name that is taken, and for more than ten. */
export const AddWebhook = request('wiki-git.add-webhook.v1', {
  permission: 'admin:settings',
  input: z.object({ name: z.string().min(1).max(100), url: z.url({ protocol: /^https?$/ }).max(500), mode: WebhookMode, onFailure: OnFailure }),
  output: z.object({ webhook: Webhook, secret: z.string() }),
  isChange: true,
  timeoutMs: 2_000,
});

export const DeleteWebhook = request('wiki-git.delete-webhook.v1', { permission: 'admin:settings', input: z.object({ webhookId: z.uuid() }), output: z.object({}), isChange: true, timeoutMs: 2_000 });

/** The last fifty calls of one, newest first, without what they said. */
export const ListDeliveries = request('wiki-git.list-deliveries.v1', {
  permission: 'admin:settings',
  input: z.object({ webhookId: z.uuid() }),
  output: z.object({
    deliveries: z.array(z.object({
      deliveryId: z.uuid(), projectId: z.uuid(), sentAt: z.iso.datetime(),
      /** What was decided, or what went wrong. */
      status: z.string(),
      httpStatus: z.number().int().nullable(), durationMs: z.number().int(),
    })),
  }),
  timeoutMs: 2_000,
});
