import { Injectable } from '@nestjs/common';
import type { ParsedInputOf, WritePages } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { REJECTED, TOO_MANY_PAGES, UNDECIDED } from './admission.faults.js';
import { mutated, type OfferedPage, payloadOf } from './offered-page.js';
import { parseAnswer, type WebhookAnswer } from './webhook-answer.js';
import { type WebhookCall, WebhookCallsService } from './webhook-calls.service.js';
import { type WebhookRow, WebhooksRepository } from './webhooks.repository.js';

/** Pages that a webhook is asked about in one call, and in all for one push or archive. */
const PAGES_A_CALL = 16;
const PAGES_MAX = 256;
const RETRY_AFTER_SECONDS = 5;

/** Who offers pages, where, and by which way. */
export interface Offer {
  readonly projectId: string;
  readonly projectName: string;
  readonly door: 'write' | 'push' | 'import';
  readonly by: ParsedInputOf<typeof WritePages>['by'];
  readonly author: { readonly name: string; readonly email: string; readonly agent: string | null; readonly sessionId: string | null };
}

/** Lets an organisation's webhooks decide on what is to be written. Asked before a repository is locked: nobody else waits for them. */
@Injectable()
export class AdmissionService {
  constructor(private readonly db: TenantDb, private readonly webhooks: WebhooksRepository, private readonly calls: WebhookCallsService) {}

  /** The write as webhooks would have it. Throws `webhook.rejected`, and `webhook.undecided` where one that must decide does not. */
  async admitWrite(scope: TenantScope, input: ParsedInputOf<typeof WritePages>): Promise<ParsedInputOf<typeof WritePages>> {
    const offered = [...input.pages.map(({ path, frontmatter, body }) => ({ path, frontmatter, body, isDeleted: false })), ...input.deletes.map(({ path }) => ({ path, frontmatter: {}, body: '', isDeleted: true }))];
    const admitted = await this.admit(scope, { ...input, door: 'write' }, offered);
    return { ...input, pages: input.pages.map((page, index) => ({ ...page, frontmatter: admitted[index]!.frontmatter, body: admitted[index]!.body })) };
  }

  /** The same of pages that come as files. `isFixed`: they are part of commits, which nobody changes, so that a wish to is a refusal. */
  async admit(scope: TenantScope, offer: Offer, pages: readonly OfferedPage[], isFixed = false): Promise<OfferedPage[]> {
    const deciding = pages.length === 0 ? [] : await this.db.run(scope, (tx) => this.webhooks.deciding(tx));
    if (deciding.length > 0 && pages.length > PAGES_MAX) throw new Fault(TOO_MANY_PAGES);
    let current = [...pages];
    for (const webhook of deciding) {
      const decided: OfferedPage[] = [];
      for (let at = 0; at < current.length; at += PAGES_A_CALL) decided.push(...await this.ask(scope, webhook, offer, current.slice(at, at + PAGES_A_CALL), isFixed));
      current = decided;
    }
    return current;
  }

  private async ask(scope: TenantScope, webhook: WebhookRow, offer: Offer, pages: OfferedPage[], isFixed: boolean): Promise<OfferedPage[]> {
    const mayMutate = webhook.mode === 'mutate' && !isFixed;
    const { text, cut } = payloadOf(headOf(scope, offer, mayMutate), pages);
    const call = await this.calls.call(scope, webhook, text);
    const paths = new Set(pages.filter(({ isDeleted }) => !isDeleted).map(({ path }) => path));
    const answer = 'failure' in call.outcome ? undefined : parseAnswer(call.httpStatus!, call.outcome.text, { mayMutate: webhook.mode === 'mutate', paths, cut });
    await this.record(scope, webhook, offer.projectId, call, answer);
    return applied(webhook, pages, answer, mayMutate);
  }

  private async record(scope: TenantScope, webhook: WebhookRow, projectId: string, { deliveryId, durationMs, httpStatus, outcome }: WebhookCall, answer: WebhookAnswer | undefined): Promise<void> {
    const status = 'failure' in outcome ? outcome.failure : answer?.decision ?? 'no decision';
    await this.db.run(scope, (tx) => this.webhooks.addDelivery(tx, { delivery_id: deliveryId, webhook_id: webhook.webhook_id, project_id: projectId, status, http_status: httpStatus, duration_ms: durationMs }));
  }
}

function applied(webhook: WebhookRow, pages: OfferedPage[], answer: WebhookAnswer | undefined, mayMutate: boolean): OfferedPage[] {
  if (answer === undefined) {
    if (webhook.on_failure === 'open') return pages;
    throw new Fault(UNDECIDED, { detail: webhook.name, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  if (answer.decision === 'allow') return pages;
  if (answer.decision === 'reject') throw new Fault(REJECTED, { sentence: `The webhook "${webhook.name}" of the organisation refused this${answer.reason === '' ? '.' : `: ${answer.reason}`}` });
  if (!mayMutate) throw new Fault(REJECTED, { sentence: `The webhook "${webhook.name}" of the organisation would change what is pushed, which can not be. Write these pages another way.` });
  const changes = new Map(answer.pages.map((page) => [page.path, page]));
  return pages.map((page) => (changes.has(page.path) ? mutated(page, changes.get(page.path)!) : page));
}

function headOf({ organisationId }: TenantScope, { projectId, projectName, door, by, author }: Offer, mayMutate: boolean): Record<string, unknown> {
  return {
    type: 'pages.offered', timestamp: new Date().toISOString(), organisation_id: organisationId, project: { project_id: projectId, name: projectName }, door, by, may_mutate: mayMutate,
    author: { name: author.name, email: author.email, agent: author.agent, session_id: author.sessionId },
  };
}
