import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseIndex, EraseUserIndex, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { erasePiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { INDEX_TABLES } from './index-tables.js';

@Controller()
export class ErasingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(EraseIndex)
  erase(scope: TenantScope, { projectId }: ParsedInputOf<typeof EraseIndex>): Promise<OutputOf<typeof EraseIndex>> {
    return erasePiece(this.db, scope, INDEX_TABLES, projectId);
  }

  @Serves(EraseUserIndex)
  async eraseUser(scope: TenantScope, { name }: ParsedInputOf<typeof EraseUserIndex>): Promise<OutputOf<typeof EraseUserIndex>> {
    const rows = await this.db.run(scope, (tx) => tx.query(`UPDATE search.reindexes SET requested_by = '' WHERE organisation_id = $1 AND requested_by = $2 RETURNING 1`, [tx.organisationId, name]));
    return { rows: rows.length > 0 ? { 'names in search.reindexes': rows.length } : {} };
  }
}
