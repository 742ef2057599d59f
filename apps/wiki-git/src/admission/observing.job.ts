import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { PagesRepository } from '../pages/pages.repository.js';
import { HeadsRepository } from '../repositories/heads.repository.js';
import type { PageRow } from '../repositories/page-row.js';
import { payloadOf } from './offered-page.js';
import { WebhookCallsService } from './webhook-calls.service.js';
import { type PositionRow, WAIT_SECONDS_MAX, type WebhookRow, WebhooksRepository } from './webhooks.repository.js';

const EVERY_MS = 1_000;
const POSITIONS_MAX = 20;
const PAGES_BYTES_MAX = 512 * 1024;
const PAGES_A_CALL = 16;
/** After so many failures in a row, about four hours, what one was to be told is given up. */
const ATTEMPTS_MAX = 10;
const FIRST_WAIT_SECONDS = 15;

/** Tells observing webhooks what was written, whichever way it came: at least once, and of each page the last version. */
@Injectable()
export class ObservingJob extends SweepingJob {
  constructor(
    private readonly db: TenantDb, private readonly webhooks: WebhooksRepository, private readonly calls: WebhookCallsService, private readonly pages: PagesRepository, private readonly heads: HeadsRepository,
  ) {
    super('webhooks', EVERY_MS);
  }

  /** Organisations side by side, so that a slow webhook is waited for by its own alone. */
  async run(): Promise<void> {
    const due = await this.db.organisations('wiki.organisations_with_due_webhooks');
    await Promise.all(due.map(async (organisationId) => {
      const scope = scopeOfService(organisationId, 'wiki-git');
      for (const position of await this.db.run(scope, (tx) => this.webhooks.takeDue(tx, POSITIONS_MAX))) await this.tell(scope, position);
    }));
  }

  private async tell(scope: TenantScope, position: PositionRow): Promise<void> {
    const { webhook, head, rows } = await this.db.run(scope, async (tx) => ({
      webhook: await this.webhooks.find(tx, position.webhook_id), head: await this.heads.find(tx, position.project_id),
      rows: (await this.pages.pull(tx, position.project_id, position.told, PAGES_BYTES_MAX)).slice(0, PAGES_A_CALL),
    }));
    if (!webhook) return;
    const last = rows.at(-1)?.revision ?? position.wanted;
    if (rows.length === 0) return this.db.run(scope, (tx) => this.webhooks.advance(tx, position, last));
    const isTold = await this.send(scope, webhook, position, head?.project_name ?? '', rows);
    await this.db.run(scope, async (tx) => {
      if (isTold) await this.webhooks.advance(tx, position, last);
      else if (position.attempts + 1 >= ATTEMPTS_MAX) await this.webhooks.advance(tx, position, position.wanted);
      else await this.webhooks.putOff(tx, position, Math.min(FIRST_WAIT_SECONDS * 2 ** position.attempts, WAIT_SECONDS_MAX));
    });
  }

  private async send(scope: TenantScope, webhook: WebhookRow, { project_id: projectId, attempts }: PositionRow, projectName: string, rows: readonly PageRow[]): Promise<boolean> {
    const head = { type: 'pages.written', timestamp: new Date().toISOString(), organisation_id: scope.organisationId, project: { project_id: projectId, name: projectName } };
    const { text } = payloadOf(head, rows.map((row) => ({ path: row.path, frontmatter: row.frontmatter, body: row.body, isDeleted: row.is_deleted })));
    const { deliveryId, durationMs, httpStatus, outcome } = await this.calls.call(scope, webhook, text);
    const isTold = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
    const failure = 'failure' in outcome ? outcome.failure : 'no success';
    const status = isTold ? 'told' : attempts + 1 >= ATTEMPTS_MAX ? `given up: ${failure}` : failure;
    await this.db.run(scope, (tx) => this.webhooks.addDelivery(tx, { delivery_id: deliveryId, webhook_id: webhook.webhook_id, project_id: projectId, status, http_status: httpStatus, duration_ms: durationMs }));
    return isTold;
  }
}
