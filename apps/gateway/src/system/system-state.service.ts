import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Bus, requirePermission } from '#libs/bus';
import { CountAllReindexes, CountPages, ReadModelSettings, ReadSession } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { toFault } from '#libs/faults';
import { DeadLettersRepository } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';

const PROBE_TIMEOUT_MS = 2_000;
const OUTBOXES = ['capture', 'wiki'] as const;

export interface ServiceState {
  name: string;
  isReachable: boolean;
  milliseconds: number;
}

export interface OutboxState {
  app: string;
  waiting: number;
  oldestSeconds: number;
}

/** How the installation is, as its door sees it. For the operator alone. */
@Injectable()
export class SystemStateService {
  constructor(private readonly db: TenantDb, private readonly bus: Bus, private readonly letters: DeadLettersRepository) {}

  /** Each app that the gateway asks, by a question that costs it nothing. */
  async services(scope: TenantScope): Promise<ServiceState[]> {
    requirePermission(scope, 'operator');
    const own = scopeOfService(scope.organisationId, 'gateway');
    const nobody = randomUUID();
    return Promise.all([
      probe('ingest', () => this.bus.ask(own, ReadSession, { sessionId: nobody }, PROBE_TIMEOUT_MS)),
      probe('compiler', () => this.bus.ask(own, ReadModelSettings, {}, PROBE_TIMEOUT_MS)),
      probe('wiki-git', () => this.bus.ask(own, CountPages, { projectId: nobody }, PROBE_TIMEOUT_MS)),
      probe('search', () => this.bus.ask(scope, CountAllReindexes, {}, PROBE_TIMEOUT_MS)),
    ]);
  }

  async outboxes(): Promise<OutboxState[]> {
    return Promise.all(OUTBOXES.map(async (app) => {
      const [row] = await this.db.callBeforeTenant<{ waiting: string; oldest_seconds: number }>(`SELECT * FROM ${app}.outbox_state()`, []);
      return { app, waiting: Number(row!.waiting), oldestSeconds: row!.oldest_seconds };
    }));
  }

  /** Organisations with pages that have not been in the index for ten seconds. */
  async organisationsBehind(): Promise<number> {
    return (await this.db.organisations('wiki.organisations_with_unindexed_heads')).length;
  }

  deadLetters(): Promise<number> {
    return this.letters.count();
  }
}

/** Whoever answers with a fault of its own is there. */
async function probe(name: string, ask: () => Promise<unknown>): Promise<ServiceState> {
  const startedAt = performance.now();
  const kind = await ask().then(() => undefined, (error: unknown) => toFault(error).kind);
  return { name, isReachable: kind !== 'unavailable' && kind !== 'timeout', milliseconds: Math.round(performance.now() - startedAt) };
}
