import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { requireWriter } from '../identity/require-writer.js';
import { GRANTS_FULL, NO_GRANT, NO_GRANTEE } from './access.faults.js';
import { type Grantee, type GrantPlace, type GrantRow, GrantsRepository } from './grants.repository.js';

export const GRANTS_MAX = 1_000;

/** Grants on projects, which the project's admins give, and on workspaces, which the organisation's do. */
@Injectable()
export class GrantsService {
  constructor(private readonly db: TenantDb, private readonly grants: GrantsRepository, private readonly bus: Bus) {}

  /** Those to groups first, each by name. */
  list(scope: TenantScope, place: GrantPlace): Promise<GrantRow[]> {
    requirePermission(scope, 'admin:people', place.projectId ?? undefined);
    return this.db.run(scope, (tx) => this.grants.list(tx, place, GRANTS_MAX));
  }

  /** Holds from the grantee's next request on. Throws `not-found` where there is no such user or group. */
  put(scope: TenantScope, place: GrantPlace, grantee: Grantee, level: GrantRow['level']): Promise<GrantRow> {
    requirePermission(scope, 'admin:people', place.projectId ?? undefined);
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      if ((await this.grants.list(tx, place, GRANTS_MAX)).length === GRANTS_MAX) throw new Fault(GRANTS_FULL);
      const grant = await this.grants.put(tx, place, grantee, level);
      if (!grant) throw new Fault(NO_GRANTEE);
      announceAccess(this.bus, tx, scope);
      await record(tx, scope, 'grant.given', place, grant);
      return grant;
    });
  }

  /** Holds from the grantee's next request on; what they capture, within five seconds. */
  remove(scope: TenantScope, place: GrantPlace, grantId: string): Promise<GrantRow> {
    requirePermission(scope, 'admin:people', place.projectId ?? undefined);
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const grant = await this.grants.find(tx, place, grantId);
      if (!grant) throw new Fault(NO_GRANT);
      await this.grants.remove(tx, grantId);
      announceAccess(this.bus, tx, scope);
      await record(tx, scope, 'grant.removed', place, grant);
      return grant;
    });
  }
}

/** On the workspace or project, by id: names change. */
async function record(tx: TenantTx, scope: TenantScope, action: 'grant.given' | 'grant.removed', { workspaceId, projectId }: GrantPlace, grant: GrantRow): Promise<void> {
  const facts = { to: grant.group_name === null ? `user ${grant.user_id}` : `group ${grant.group_name}`, level: grant.level };
  const target = projectId === null ? (`workspace:${workspaceId}` as const) : (`project:${projectId}` as const);
  await recordAudit(tx, scope, { action, target, ...(action === 'grant.given' ? { after: facts } : { before: facts }) });
}
