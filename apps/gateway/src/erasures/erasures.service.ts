import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { isOwnProject, scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ALREADY, BOOTSTRAP_STAYS, CONFIRM, ON_HOLD, OWNERS_ONLY } from './erasures.faults.js';
import { publicPem, signingKey } from './erasure-report.js';
import { type ErasureRow, ErasuresRepository } from './erasures.repository.js';
import { HoldsRepository } from './holds.repository.js';

export interface Erasure extends ErasureRow {
  organisationId: string;
}

/** Takes note of what is to be erased, and of what was. */
@Injectable()
export class ErasuresService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly erasures: ErasuresRepository,
    private readonly holds: HoldsRepository,
  ) {}

  /** From when this resolves the project is absent for everybody, and its name free; what there is of it goes soon after. */
  async eraseProject(scope: TenantScope, project: ProjectRef, confirm: string): Promise<Erasure> {
    if (confirm !== `${project.workspace}/${project.project}`) throw new Fault(CONFIRM, { sentence: `To confirm, send "${project.workspace}/${project.project}" as "confirm".` });
    if (isOwnProject(scope, project.projectId)) throw new Fault(BOOTSTRAP_STAYS, { sentence: 'The organisation\'s own project stays as long as the organisation does. Delete or purge its pages.' });
    return this.begin(scope, scope, project.projectId);
  }

  /** From when this resolves nobody of the organisation gets in. For its owners, and the operator. */
  async eraseOrganisation(scope: TenantScope, name: string, confirm: string): Promise<Erasure> {
    const organisationId = await this.identities.findOrganisation(name);
    const isOwn = organisationId === scope.organisationId;
    if (!isOwn && !userOf(scope)?.isOperator) throw new Fault(NOT_FOUND);
    if (isOwn && userOf(scope)?.role !== 'owner') throw new Fault(OWNERS_ONLY);
    if (organisationId === undefined) throw new Fault(NOT_FOUND, { sentence: 'There is no such organisation.' });
    if (confirm !== name) throw new Fault(CONFIRM);
    if (name === this.config.AI_MEMORY_ORGANISATION) throw new Fault(BOOTSTRAP_STAYS);
    return this.begin(isOwn ? scope : scopeOfService(organisationId, 'gateway'), scope, null);
  }

  /** What reports are checked with, as PEM; null where they are not signed. */
  get publicKey(): string | null {
    const secret = this.config.AI_MEMORY_SECRET_KEY;
    return secret === undefined ? null : publicPem(signingKey(secret));
  }

  /** The organisation's, last requested first. */
  list(scope: TenantScope): Promise<Erasure[]> {
    return this.of(scope);
  }

  /** Organisations that are no more, for the operator: only they are left to be asked. */
  async listOrganisations(scope: TenantScope): Promise<Erasure[]> {
    requirePermission(scope, 'operator');
    const erased: Erasure[] = [];
    for (const organisationId of await this.db.organisations('tenancy.organisations_with_erasures')) {
      const all = await this.of(scopeOfService(organisationId, 'gateway'));
      erased.push(...all.filter((erasure) => erasure.project_id === null));
    }
    return erased.sort((one, other) => other.requested_at.getTime() - one.requested_at.getTime());
  }

  private of(scope: TenantScope): Promise<Erasure[]> {
    return this.db.erase(scope, async (tx) => (await this.erasures.list(tx)).map((row) => ({ ...row, organisationId: tx.organisationId })));
  }

  /** Recorded where it happens; where the operator erases an organisation in theirs, as the other log goes with it. */
  private async begin(scope: TenantScope, by: TenantScope, projectId: string | null): Promise<Erasure> {
    const target = projectId === null ? (`organisation:${scope.organisationId}` as const) : (`project:${projectId}` as const);
    const isOwn = scope.organisationId === by.organisationId;
    const erasure = await this.db.run(scope, async (tx) => {
      if (await this.holds.covers(tx, projectId)) throw new Fault(ON_HOLD);
      const row = await this.erasures.insert(tx, { erasure_id: randomUUID(), project_id: projectId, requested_by: userOf(by)!.userId });
      if (!row) throw new Fault(ALREADY);
      if (isOwn) await recordAudit(tx, by, { action: 'erasure.begun', target, after: { erasure_id: row.erasure_id } });
      if (projectId !== null) await tx.query('DELETE FROM identity.projects WHERE organisation_id = $1 AND project_id = $2', [tx.organisationId, projectId]);
      return { ...row, organisationId: tx.organisationId };
    });
    if (!isOwn) await this.db.run(by, (tx) => recordAudit(tx, by, { action: 'erasure.begun', target, after: { erasure_id: erasure.erasure_id } }));
    return erasure;
  }
}
