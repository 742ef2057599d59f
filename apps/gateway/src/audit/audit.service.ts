import { Injectable } from '@nestjs/common';
import { type BrokenLink, type ChainPlace, followLinks, type Link, recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { requireWriter } from '../identity/require-writer.js';
import { type AuditFilter, AuditRepository, type Chain } from './audit.repository.js';

/** Entries that one statement reads or seals. */
const BATCH = 1_000;

export interface Verification extends Chain {
  /** Links that were followed. */
  readonly entries: number;
  /** The first that does not follow on the one before; null where all do. */
  readonly broken: BrokenLink | null;
}

/** What was done in an organisation, for its owners and admins. */
@Injectable()
export class AuditService {
  constructor(private readonly db: TenantDb, private readonly log: AuditRepository) {}

  /** Newest first, from `before` on; everything that was committed is in it. Names are those of now, by the ids that entries have. */
  async list(scope: TenantScope, filter: AuditFilter, limit: number, before: number | null): Promise<{ links: Link[]; names: ReadonlyMap<string, string> }> {
    requirePermission(scope, 'admin:audit');
    await this.seal(scope);
    return this.db.run(scope, async (tx) => {
      const links = await this.log.before(tx, filter, before, limit);
      return { links, names: await this.log.names(tx, links) };
    });
  }

  /** Oldest first, a batch at a time, up to what was there when it began; that it was asked for is recorded. */
  async export(scope: TenantScope, filter: AuditFilter): Promise<AsyncIterable<Link[]>> {
    requirePermission(scope, 'admin:audit');
    await this.seal(scope);
    const { head } = await this.db.run(scope, async (tx) => {
      await recordAudit(tx, scope, { action: 'audit.exported', target: `organisation:${scope.organisationId}`, after: { from: filter.from ?? null, to: filter.to ?? null } });
      return this.log.chain(tx);
    });
    return this.batches(scope, filter, head.position);
  }

  /** Follows the whole chain in one snapshot. `known` is a head that somebody noted before: it must still be in it. */
  async verify(scope: TenantScope, known: ChainPlace | null): Promise<Verification> {
    requirePermission(scope, 'admin:audit');
    await this.seal(scope);
    return this.db.snapshot(scope, async (tx) => {
      const chain = await this.log.chain(tx);
      const { entries, broken } = await this.follow(tx, chain, known);
      return { ...chain, entries, broken };
    });
  }

  readRetention(scope: TenantScope): Promise<number | null> {
    requirePermission(scope, 'admin:audit');
    return this.db.run(scope, (tx) => this.log.retentionDays(tx));
  }

  async writeRetention(scope: TenantScope, days: number | null): Promise<void> {
    requirePermission(scope, 'admin:audit');
    requireWriter(scope);
    await this.db.run(scope, async (tx) => {
      const before = await this.log.retentionDays(tx);
      await this.log.saveRetention(tx, days);
      await recordAudit(tx, scope, { action: 'audit.retention-changed', target: `organisation:${scope.organisationId}`, before: { retention_days: before }, after: { retention_days: days } });
    });
  }

  private async seal(scope: TenantScope): Promise<void> {
    while ((await this.db.run(scope, (tx) => this.log.seal(tx, BATCH))) === BATCH);
  }

  private async *batches(scope: TenantScope, filter: AuditFilter, until: number): AsyncGenerator<Link[]> {
    for (let after = 0; after < until;) {
      const links = await this.db.run(scope, (tx) => this.log.after(tx, filter, after, BATCH));
      if (links.length === 0) return;
      yield links.filter(({ position }) => position <= until);
      after = links.at(-1)!.position;
    }
  }

  private async follow(tx: TenantTx, { anchor, head }: Chain, known: ChainPlace | null): Promise<Pick<Verification, 'entries' | 'broken'>> {
    let place = anchor;
    for (let entries = 0; ;) {
      const links = await this.log.after(tx, {}, place.position, BATCH);
      const followed = followLinks(place, links);
      if ('broken' in followed) return { entries, broken: followed.broken };
      const noted = known && [place, ...links].find(({ position }) => position === known.position);
      if (noted && noted.hash !== known.hash) return { entries, broken: { position: noted.position, reason: 'altered' } };
      entries += links.length;
      place = followed.place;
      if (links.length < BATCH) return { entries, broken: brokenAtEnd(place, head, known) };
    }
  }
}

/** The chain has to end where the last sealing left it, and to reach as far as it once did. */
function brokenAtEnd(last: ChainPlace, head: ChainPlace, known: ChainPlace | null): BrokenLink | null {
  const reach = Math.max(head.position, known?.position ?? 0);
  if (last.position < reach) return { position: last.position + 1, reason: 'missing' };
  return last.position > head.position || last.hash !== head.hash ? { position: Math.min(last.position, head.position + 1), reason: 'altered' } : null;
}
