import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import type { BeginPurge, ListPurges, OutputOf, ParsedInputOf, SettlePurge } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { isPagePath, parsePagePath } from '#libs/wiki-format';
import { PurgesRepository } from '../repositories/purges.repository.js';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { planPurge, type PurgePlan, type PurgeTarget } from './purge-plan.js';

type Input = ParsedInputOf<typeof BeginPurge>;
type Output = OutputOf<typeof BeginPurge>;

const HOLDERS = ['wiki-git', 'ingest', 'compiler', 'search'] as const;
const ELSEWHERE_MAX = 100;

/** Takes note of what is to be gone, and of what is. */
@Injectable()
export class PurgingService {
  constructor(private readonly db: TenantDb, private readonly repositories: RepositoriesService, private readonly purges: PurgesRepository) {}

  /** From when this resolves the session is captured, compiled and written no more; what there is goes soon after. */
  async begin(scope: TenantScope, input: Input): Promise<Output> {
    const target = 'path' in input.target ? { path: parsePagePath(input.target.path) } : input.target;
    return this.repositories.exclusively(scope, input, async (held) => {
      const open = 'sessionId' in target && !input.isDryRun ? await this.purges.openOfSession(held.tx, target.sessionId) : undefined;
      if (open) return { purgeId: open.purge_id, pages: [], versions: 0, elsewhere: [] };
      const plan = held.head === null ? undefined : await planPurge(held.repository, target);
      if ('path' in target && !plan?.history.paths.length) throw new Fault(NOT_FOUND, { sentence: 'There is no such page, and never was.' });
      const purgeId = input.isDryRun ? null : await this.save(held, scope, input, target, plan);
      return { purgeId, pages: outcomesOf(plan), versions: plan?.history.blobs.length ?? 0, elsewhere: plan?.history.elsewhere.slice(0, ELSEWHERE_MAX) ?? [] };
    });
  }

  async settle(scope: TenantScope, { purgeId, by }: ParsedInputOf<typeof SettlePurge>): Promise<void> {
    await this.db.run(scope, (tx) => this.purges.settle(tx, purgeId, by));
  }

  async paths(scope: TenantScope, purgeId: string): Promise<string[]> {
    return (await this.db.run(scope, (tx) => this.purges.find(tx, purgeId)))?.paths ?? [];
  }

  async list(scope: TenantScope): Promise<OutputOf<typeof ListPurges>> {
    const rows = await this.db.run(scope, (tx) => this.purges.list(tx));
    return { purges: rows.map((row) => ({
      purgeId: row.purge_id, projectName: row.project_name, sessionId: row.session_id, by: row.begun_by, begunAt: row.begun_at.toISOString(),
      waitingFor: HOLDERS.filter((holder) => !row.settled.includes(holder)),
    })) };
  }

  private async save({ tx }: HeldRepository, scope: TenantScope, { projectId, projectName, by }: Input, target: Exclude<PurgeTarget, { person: unknown }>, plan: PurgePlan | undefined): Promise<string> {
    const purgeId = randomUUID();
    const [path, sessionId] = 'path' in target ? [target.path, null] : [null, target.sessionId];
    await this.purges.insert(tx, { purge_id: purgeId, project_id: projectId, project_name: projectName, path, session_id: sessionId, user_id: null, person_name: null, person_email: null, paths: [...(plan?.history.paths ?? [])], begun_by: by });
    await this.purges.saveBlobs(tx, projectId, plan?.history.blobs ?? []);
    await recordAudit(tx, scope, { action: 'purge.begun', target: `project:${projectName}`, after: { purge_id: purgeId, path, session_id: sessionId } });
    return purgeId;
  }
}

function outcomesOf(plan: PurgePlan | undefined): Output['pages'] {
  return plan?.history.paths.filter(isPagePath).map((path) => ({ path, outcome: plan.texts.get(path) ? 'rewritten' as const : 'removed' as const })) ?? [];
}
