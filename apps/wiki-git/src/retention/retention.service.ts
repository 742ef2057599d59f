import { Injectable } from '@nestjs/common';
import { type AuditFacts, recordAudit } from '#libs/audit';
import type { ListArchived, OutputOf, ParsedInputOf, ReadRetention, WriteRetention } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { PagePath } from '#libs/wiki-format';
import { recordedCommit } from '../repositories/recorded-commit.js';
import { type Project, RepositoriesService } from '../repositories/repositories.service.js';
import { requireWriter } from '../repositories/require-writer.js';
import { ageDaysMin, pageStrength, STRENGTH_MIN } from './page-strength.js';
import { ARCHIVIST, RetentionRepository, type RetentionSettings } from './retention.repository.js';

/** Pages that one commit archives. */
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Pages that nobody reads any more step back into the history, from where they can be had again. */
@Injectable()
export class RetentionService {
  constructor(private readonly db: TenantDb, private readonly retention: RetentionRepository, private readonly repositories: RepositoriesService) {}

  async read(scope: TenantScope, { projectId }: ParsedInputOf<typeof ReadRetention>): Promise<OutputOf<typeof ReadRetention>> {
    return this.db.run(scope, async (tx) => {
      const settings = await this.retention.settings(tx, projectId);
      return { settings, ageDaysMin: ageDaysMin(settings.halfLifeDays), faded: await this.faded(tx, projectId, settings, new Date()) };
    });
  }

  async write(scope: TenantScope, { projectId, ...changes }: ParsedInputOf<typeof WriteRetention>): Promise<OutputOf<typeof WriteRetention>> {
    requireWriter(scope, projectId);
    return this.db.run(scope, async (tx) => {
      const before = await this.retention.settings(tx, projectId);
      const settings = { isOn: changes.isOn ?? before.isOn, halfLifeDays: changes.halfLifeDays ?? before.halfLifeDays };
      await this.retention.saveSettings(tx, projectId, settings);
      await recordAudit(tx, scope, { action: 'retention.changed', target: `project:${projectId}`, before: factsOf(before), after: factsOf(settings) });
      return { settings };
    });
  }

  async archived(scope: TenantScope, { projectId }: ParsedInputOf<typeof ListArchived>): Promise<OutputOf<typeof ListArchived>> {
    const pages = await this.db.run(scope, (tx) => this.retention.archived(tx, projectId));
    return { pages: pages.map(({ path, archivedAt }) => ({ path, archivedAt: archivedAt.toISOString() })) };
  }

  /** Archives by a commit what has faded; asked again under the lock, as somebody may have read it meanwhile. */
  async archive(scope: TenantScope, project: Project, now: Date): Promise<void> {
    const isAny = await this.db.run(scope, async (tx) => (await this.dueIn(tx, project.projectId, now)).length > 0);
    if (!isAny) return;
    await this.repositories.alone(scope, project, async (held) => {
      const deletes = await this.dueIn(held.tx, project.projectId, now);
      if (deletes.length > 0) await recordedCommit(held, scope, project, { writes: [], deletes, message: 'Archive pages that have faded', author: ARCHIVIST, trusts: new Map() }, { action: 'pages.archived' });
    });
  }

  private async dueIn(tx: TenantTx, projectId: string, now: Date): Promise<PagePath[]> {
    const settings = await this.retention.settings(tx, projectId);
    return settings.isOn ? (await this.faded(tx, projectId, settings, now)).map(({ path }) => path) : [];
  }

  /** The weakest first. */
  private async faded(tx: TenantTx, projectId: string, { halfLifeDays }: RetentionSettings, now: Date): Promise<{ path: PagePath; strength: number }[]> {
    const pages = await this.retention.mayFade(tx, projectId, new Date(now.getTime() - ageDaysMin(halfLifeDays) * DAY_MS));
    const weighed = pages.map(({ path, ...readership }) => ({ path, strength: pageStrength(readership, halfLifeDays, now) }));
    return weighed.filter(({ strength }) => strength < STRENGTH_MIN).toSorted((a, b) => a.strength - b.strength).slice(0, BATCH);
  }
}

function factsOf({ isOn, halfLifeDays }: RetentionSettings): AuditFacts<'retention.changed'> {
  return { enabled: isOn, half_life_days: halfLifeDays };
}
