import { createHash } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { Sweeper } from '#libs/runtime';
import { counter, logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import { type Counted, UsageRepository } from './usage.repository.js';

const WRITE_EVERY_MS = 5_000;
const WRITTEN_AT_ONCE = 16;
/** Organisations that have series of their own in the metrics: each label costs a scraper memory for good. */
const NAMED_MAX = 50;
/** Of a hash: whoever may see the metrics need not know which organisations there are. */
const LABEL_CHARS = 10;
const used = counter('organisation_used_total');

/** Counts what organisations use, in memory, and adds it to their days every five seconds; a crash loses that much. */
@Injectable()
export class UsageService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly named = new Map<string, string>();
  private counts = new Map<string, Record<Counted, number>>();
  private readonly sweeper = new Sweeper('usage', WRITE_EVERY_MS, () => this.write());

  constructor(private readonly db: TenantDb, private readonly used: UsageRepository) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.write();
  }

  count(organisationId: string, what: Counted, amount: number): void {
    used.add(amount, { organisation: this.labelOf(organisationId), measure: what });
    this.keep(organisationId, what, amount);
  }

  private labelOf(organisationId: string): string {
    const known = this.named.get(organisationId);
    if (known !== undefined || this.named.size >= NAMED_MAX) return known ?? 'others';
    const label = createHash('sha256').update(organisationId).digest('hex').slice(0, LABEL_CHARS);
    this.named.set(organisationId, label);
    return label;
  }

  private keep(organisationId: string, what: Counted, amount: number): void {
    const counts = this.counts.get(organisationId) ?? { requests: 0, events: 0, searches: 0, refused: 0 };
    counts[what] += amount;
    this.counts.set(organisationId, counts);
  }

  /** What can't be written now counts the next time. */
  async write(): Promise<void> {
    const taken = this.counts;
    this.counts = new Map();
    // A few at a time, so that they keep no events waiting.
    for (const left = [...taken]; left.length > 0; ) await Promise.all(left.splice(0, WRITTEN_AT_ONCE).map(([organisationId, counts]) => this.writeOf(organisationId, counts)));
  }

  private async writeOf(organisationId: string, counts: Record<Counted, number>): Promise<void> {
    try {
      await this.db.runShared(scopeOfService(organisationId, 'gateway'), (tx) => tx.closing(() => this.used.add(tx, counts)));
    } catch (error) {
      logger.warn({ err: error }, 'Usage could not be written and will be tried again');
      for (const [what, amount] of Object.entries(counts)) this.keep(organisationId, what as Counted, amount);
    }
  }
}
