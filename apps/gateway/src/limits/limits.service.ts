import { Inject, Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { counter, logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { UsageService } from '../usage/usage.service.js';
import { limitFault } from './limit.faults.js';
import { changedLimits, type Limits, type Measure } from './limits.js';
import { LIMITS_CONFIG, type LimitsConfig } from './limits.config.js';
import { LimitsRepository } from './limits.repository.js';
import { leaseSize, Share, type ShareKey } from './share.js';

/** Quotas that are known here at a time; of the longest known one the share is forgotten, and leased again. */
const SHARES_MAX = 50_000;
const refused = counter('limits_refused_total');
const leases = counter('limits_leases_total');

/** What was let in of what was asked for, and every quota that it counts against. */
export interface Admission {
  readonly granted: number;
  /** The one that let in least. Absent where limits are off, or could not be asked. */
  readonly narrowest?: Share;
  readonly shares: readonly Share[];
}

const UNLIMITED = { shares: [] } as const;

/**
 * Limits that all replicas keep together: each leases parts of a quota and counts in memory, so that most requests cost no
 * round trip and no quota is passed. One organisation's use takes nothing of another's. Where the database is away nothing
 * is refused here.
 */
@Injectable()
export class LimitsService {
  private readonly shares = new Map<string, Share>();
  private readonly leasing = new Map<string, Promise<boolean>>();

  constructor(
    private readonly db: TenantDb, private readonly limits: LimitsRepository, private readonly usage: UsageService, @Inject(LIMITS_CONFIG) private readonly config: LimitsConfig,
  ) {}

  /** As many of `wanted` as all quotas still have; what is let in counts. Throws the limit's fault where that is none. */
  async admit(scope: TenantScope, measure: Measure, wanted = 1): Promise<Admission> {
    const admission = await this.grant(scope, measure, wanted);
    this.usage.count(scope.organisationId, measure, admission.granted);
    if (admission.granted < wanted) this.refuse(scope, measure, wanted - admission.granted, admission);
    return admission;
  }

  /** What a use by this caller counts against: none where limits are off. */
  sharesOf(scope: TenantScope, measure: Measure): Share[] {
    return this.config.AI_MEMORY_LIMITS === null ? [] : keysOf(scope, measure).map((key) => this.shareOf(scope.organisationId, key));
  }

  /** What this organisation may use. Null where limits are off. */
  async of(scope: TenantScope): Promise<Limits | null> {
    const defaults = this.config.AI_MEMORY_LIMITS;
    return defaults && changedLimits(defaults, await this.db.read(scope, (tx) => this.limits.changes(tx)));
  }

  private async grant(scope: TenantScope, measure: Measure, wanted: number): Promise<Admission> {
    const defaults = this.config.AI_MEMORY_LIMITS;
    if (defaults === null) return { ...UNLIMITED, granted: wanted };
    const shares = this.sharesOf(scope, measure);
    for (;;) {
      const standings = shares.map((share) => ({ share, ...share.at(Date.now()) }));
      const lacking = standings.filter(({ left, isFinal }) => left < wanted && !isFinal);
      // Where one has nothing more to give, the others need not be asked.
      const isOver = standings.some(({ left, isFinal }) => left === 0 && isFinal);
      if (lacking.length === 0 || isOver) {
        const narrowest = standings.reduce((least, each) => (each.left < least.left ? each : least));
        const granted = Math.min(wanted, narrowest.left);
        for (const share of shares) share.use(granted);
        return { granted, shares, narrowest: narrowest.share };
      }
      if (!(await this.lease(scope.organisationId, defaults, lacking.map(({ share }) => share), wanted))) return { ...UNLIMITED, granted: wanted };
    }
  }

  private refuse(scope: TenantScope, measure: Measure, amount: number, { granted, narrowest }: Admission): void {
    const { subject } = narrowest!.key;
    refused.add(amount, { subject, measure });
    this.usage.count(scope.organisationId, 'refused', amount);
    const { quota, resetSeconds } = narrowest!.standing(Date.now());
    if (granted === 0) throw limitFault(subject, measure, quota, Math.max(1, resetSeconds));
  }

  private shareOf(organisationId: string, key: ShareKey): Share {
    const name = `${organisationId} ${key.subject} ${key.id} ${key.measure}`;
    const known = this.shares.get(name);
    if (known) return known;
    if (this.shares.size >= SHARES_MAX) this.shares.delete(this.shares.keys().next().value!);
    const share = new Share(key);
    this.shares.set(name, share);
    return share;
  }

  /** One round trip of an organisation at a time: who comes meanwhile looks again after it. False where it failed. */
  private async lease(organisationId: string, defaults: Limits, shares: readonly Share[], wanted: number): Promise<boolean> {
    const running = this.leasing.get(organisationId);
    if (running) return running;
    const leasing = this.leaseNow(organisationId, defaults, shares, wanted).then(() => true, (error: unknown) => {
      leases.add(1, { outcome: 'failed' });
      logger.warn({ err: error }, 'Limits could not be asked, and do not hold right now');
      return false;
    }).finally(() => this.leasing.delete(organisationId));
    this.leasing.set(organisationId, leasing);
    return leasing;
  }

  private async leaseNow(organisationId: string, defaults: Limits, shares: readonly Share[], wanted: number): Promise<void> {
    const { leased, wants } = await this.db.runShared(scopeOfService(organisationId, 'gateway'), async (tx) => {
      const limits = changedLimits(defaults, await this.limits.changes(tx));
      const wants = shares.map(({ key }) => {
        const quota = limits[key.subject][key.measure];
        return { ...key, quota, asked: leaseSize(wanted, quota) };
      });
      return { wants, leased: await tx.closing(() => this.limits.lease(tx, wants)) };
    });
    for (const lease of leased) {
      const at = wants.findIndex(({ subject, id, measure }) => subject === lease.subject && id === lease.id && measure === lease.measure);
      shares[at]!.add(lease, wants[at]!.asked, Date.now());
    }
    leases.add(1, { outcome: 'leased' });
  }
}

function keysOf(scope: TenantScope, measure: Measure): ShareKey[] {
  const { organisationId, origin } = scope;
  const userId = userOf(scope)?.userId;
  return [
    ...(origin?.tokenId ? [{ subject: 'token' as const, id: origin.tokenId, measure }] : []),
    ...(userId ? [{ subject: 'user' as const, id: userId, measure }] : []),
    { subject: 'organisation', id: organisationId, measure },
  ];
}
