import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { CountStoredObservations, CountStoredPages } from '#libs/contracts';
import { logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { storedFault } from './limit.faults.js';
import type { Limits } from './limits.js';
import { LimitsService } from './limits.service.js';

/** For so long a count is taken for true: what comes in meanwhile may pass the limit by as much. */
const KEEP_MS = 30_000;
/** The same where all that the limits let in meanwhile finds room. */
const KEEP_AMPLE_MINUTES = 1;
const EVENT_BYTES = 16 * 1_024;
const ORGANISATIONS_MAX = 10_000;

export interface Stored {
  readonly observations: { readonly rows: number; readonly bytes: number };
  readonly pages: { readonly rows: number; readonly bytes: number };
}

/** What there is no more room for; `ample` where it is far from that. */
type Fullness = 'rows' | 'bytes' | 'ample' | null;

/** Whether an organisation may keep more than it does. */
@Injectable()
export class StoredRoom {
  private readonly known = new Map<string, { fullness: Promise<Fullness>; until: number }>();

  constructor(private readonly bus: Bus, private readonly limits: LimitsService) {}

  /** Throws `limits.stored.…`. Where nobody can tell there is room. */
  async require({ organisationId }: TenantScope): Promise<void> {
    const known = this.known.get(organisationId);
    const fullness = known && known.until > Date.now() ? known.fullness : this.look(organisationId);
    const measure = await fullness;
    if (measure === 'rows' || measure === 'bytes') throw storedFault(measure);
  }

  async stored(scope: TenantScope): Promise<Stored> {
    const [observations, pages] = await Promise.all([this.bus.ask(scope, CountStoredObservations, {}), this.bus.ask(scope, CountStoredPages, {})]);
    return { observations, pages };
  }

  /** After the operator has set other limits. */
  forget(organisationId: string): void {
    this.known.delete(organisationId);
  }

  private look(organisationId: string): Promise<Fullness> {
    const scope = scopeOfService(organisationId, 'gateway');
    const fullness = this.fullness(scope).catch((error: unknown) => {
      logger.warn({ err: error }, 'What is stored could not be counted, and is not limited right now');
      return null;
    });
    if (this.known.size >= ORGANISATIONS_MAX) this.known.delete(this.known.keys().next().value!);
    const known = { fullness, until: Date.now() + KEEP_MS };
    this.known.set(organisationId, known);
    void fullness.then((measure) => {
      if (measure === 'ample') known.until = Date.now() + KEEP_AMPLE_MINUTES * 60_000;
    });
    return fullness;
  }

  private async fullness(scope: TenantScope): Promise<Fullness> {
    const limits = await this.limits.of(scope);
    return limits && fullnessOf(limits, await this.stored(scope));
  }
}

export function fullnessOf({ stored, organisation }: Pick<Limits, 'stored' | 'organisation'>, { observations, pages }: Stored): Fullness {
  const left = { rows: stored.rows - observations.rows - pages.rows, bytes: stored.bytes - observations.bytes - pages.bytes };
  if (left.rows <= 0) return 'rows';
  if (left.bytes <= 0) return 'bytes';
  const toCome = KEEP_AMPLE_MINUTES * organisation.events;
  return left.rows > toCome && left.bytes > toCome * EVENT_BYTES ? 'ample' : null;
}
