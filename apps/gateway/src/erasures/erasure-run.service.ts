import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { EraseCaptured, EraseCompiled, EraseIndex, EraseWiki } from '#libs/contracts';
import { type ErasedRows, erasePiece, rowsOf, TenantDb } from '#libs/database';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { type ErasureReport, signingKey, signReport } from './erasure-report.js';
import { type ErasureRow, ErasuresRepository } from './erasures.repository.js';
import { IDENTITY_TABLES } from './identity-tables.js';
import { type Take, UserErasureRunService } from './user-erasure-run.service.js';

/** Each app after those whose work would still make something in it; the gateway itself last, as the rest is under its names. */
const HOLDERS = [EraseCompiled, EraseCaptured, EraseWiki, EraseIndex] as const;

/** Entries that one transaction takes. */
const LOG_ENTRIES_MAX = 10_000;

/** Erases: again and again the same steps, until there is nothing left to take. A crash loses a count at most. */
@Injectable()
export class ErasureRunService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly db: TenantDb, private readonly bus: Bus, private readonly erasures: ErasuresRepository,
    private readonly people: UserErasureRunService,
  ) {}

  /** True when it is finished; false where transactions have to be waited for, or something was found and must be looked for once more. */
  async run(scope: TenantScope, erasure: ErasureRow): Promise<boolean> {
    const waiting = await this.db.erase(scope, (tx) => this.erasures.unaware(tx, erasure));
    const found = await this.pass(scope, erasure);
    if (waiting > 0 || found > 0) return false;
    await this.finish(scope, erasure);
    return true;
  }

  /** Takes all that every app has; answers how many rows that was, and how much is under way elsewhere. */
  private async pass(scope: TenantScope, erasure: ErasureRow): Promise<number> {
    let found = 0;
    for (const take of erasure.user_id === null ? this.takes(scope, erasure.project_id) : await this.people.takes(scope, erasure.user_id)) {
      for (let isDone = false; !isDone; ) {
        const piece = await take();
        await this.count(scope, erasure, piece.rows);
        found += rowsOf(piece.rows) + (piece.open ?? 0);
        isDone = piece.isDone;
      }
    }
    return found;
  }

  private takes(scope: TenantScope, projectId: string | null): Take[] {
    return [...HOLDERS.map((holder) => () => this.bus.ask(scope, holder, { projectId })), () => erasePiece(this.db, scope, IDENTITY_TABLES, projectId), () => this.eraseLog(scope, projectId)];
  }

  /** The audit log goes with its organisation alone. Last, as what is done until then is recorded in it. */
  private async eraseLog(scope: TenantScope, projectId: string | null): Promise<{ rows: ErasedRows; isDone: boolean }> {
    const erased = projectId === null ? await this.db.erase(scope, (tx) => this.erasures.eraseLog(tx, LOG_ENTRIES_MAX)) : 0;
    return { rows: erased > 0 ? { 'audit.entries': erased } : {}, isDone: erased < LOG_ENTRIES_MAX };
  }

  private async count(scope: TenantScope, erasure: ErasureRow, rows: ErasedRows): Promise<void> {
    if (rowsOf(rows) > 0) await this.db.erase(scope, (tx) => this.erasures.addRows(tx, erasure, rows));
  }

  private async finish(scope: TenantScope, { erasure_id: erasureId }: ErasureRow): Promise<void> {
    await this.db.erase(scope, async (tx) => {
      const row = (await this.erasures.unfinished(tx)).find((each) => each.erasure_id === erasureId);
      if (!row) return;
      const finishedAt = new Date();
      const secret = this.config.AI_MEMORY_SECRET_KEY;
      const key = secret === undefined ? null : signingKey(secret);
      if (row.user_id !== null) await this.people.forget(tx, row.user_id);
      await this.erasures.finish(tx, row, finishedAt, key && signReport(reportOf(tx.organisationId, row, finishedAt), key));
    });
  }
}

/** What a finished erasure is reported as. */
export function reportOf(organisationId: string, row: ErasureRow, finishedAt: Date): ErasureReport {
  return {
    erasure_id: row.erasure_id, organisation_id: organisationId, project_id: row.project_id, ...(row.user_id === null ? {} : { user_id: row.user_id }), requested_by: row.requested_by, requested_at: row.requested_at.toISOString(),
    finished_at: finishedAt.toISOString(), rows: row.rows,
  };
}

/** The scope that erasing is done in. */
export function erasingScope(organisationId: string): TenantScope {
  return scopeOfService(organisationId, 'gateway');
}
