import type { TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { AuditAction } from './audit-actions.js';
import { type AuditedChange, auditEntry } from './audit-entry.js';

/**
 * Records a change in its own transaction, so that neither is without the other, in the log of the transaction's organisation.
 * Takes no lock: the chain is made after the commit (`audit.seal`), so that changes of one organisation never wait for each other here.
 */
export async function recordAudit<A extends AuditAction>(tx: TenantTx, scope: TenantScope, change: AuditedChange<A>): Promise<void> {
  const entry = auditEntry(scope, change, new Date());
  await tx.query('INSERT INTO audit.unsealed (organisation_id, content) VALUES ($1, $2)', [tx.organisationId, JSON.stringify(entry)]);
}
