import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { outgoingFetch, outgoingRules } from '#libs/outgoing';
import { openText } from '#libs/sealing';
import type { TenantScope } from '#libs/tenancy';
import { ADMISSION_SURROUNDINGS, type AdmissionSurroundings } from './admission-surroundings.js';
import { CallGate } from './call-gate.js';
import { PAYLOAD_BYTES_MAX } from './offered-page.js';
import { signedHeaders } from './webhook-signature.js';
import type { WebhookRow } from './webhooks.repository.js';

const TIMEOUT_MS = 2_000;

/** What went wrong, in the words of the list of deliveries. */
export type CallFailure = 'timeout' | 'unreachable' | 'address refused' | 'answer too large' | 'busy' | 'circuit open' | 'no secret';

export interface WebhookCall {
  readonly deliveryId: string;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly outcome: { readonly text: string } | { readonly failure: CallFailure };
}

/** Calls webhooks: signed, two seconds at most, over TLS to public addresses alone unless the operator names the host, without redirects. */
@Injectable()
export class WebhookCallsService {
  private readonly gate = new CallGate();
  private readonly fetch: typeof fetch;

  constructor(@Inject(ADMISSION_SURROUNDINGS) private readonly config: AdmissionSurroundings) {
    this.fetch = outgoingFetch({ ...outgoingRules(config), timeoutMs: TIMEOUT_MS });
  }

  /** Never throws for what is wrong with the other side. */
  async call(scope: TenantScope, webhook: WebhookRow, body: string): Promise<WebhookCall> {
    const [deliveryId, startedMs] = [randomUUID(), Date.now()];
    const done = (httpStatus: number | null, outcome: WebhookCall['outcome']): WebhookCall => ({ deliveryId, durationMs: Date.now() - startedMs, httpStatus, outcome });
    const shut = this.gate.enter(scope.organisationId, webhook.webhook_id);
    if (shut !== undefined) return done(null, { failure: shut });
    let isAnswered = false;
    try {
      const secret = this.config.AI_MEMORY_SECRET_KEY ? openText(this.config.AI_MEMORY_SECRET_KEY, 'webhooks', scope.organisationId, webhook.sealed_secret) : null;
      if (secret === null) return done(null, { failure: 'no secret' });
      const headers = { 'content-type': 'application/json', 'user-agent': 'ai-memory', ...signedHeaders(secret, deliveryId, new Date(), body) };
      const response = await this.fetch(webhook.url, { method: 'POST', headers, body });
      const text = await response.text();
      isAnswered = response.status < 500;
      return done(response.status, Buffer.byteLength(text) > PAYLOAD_BYTES_MAX ? { failure: 'answer too large' } : { text });
    } catch (error) {
      return done(null, { failure: failureOf(error) });
    } finally {
      this.gate.leave(scope.organisationId, webhook.webhook_id, isAnswered);
    }
  }
}

function failureOf(error: unknown): CallFailure {
  const { name, cause } = error as Error;
  if (error instanceof Fault || cause instanceof Fault) return 'address refused';
  if (name === 'TimeoutError' || (cause as Error | undefined)?.name === 'TimeoutError') return 'timeout';
  return name === 'AnswerTooLarge' || (cause as Error | undefined)?.name === 'AnswerTooLarge' ? 'answer too large' : 'unreachable';
}
