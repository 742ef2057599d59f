import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseIndex, type OutputOf, type ParsedInputOf } from '#libs/contracts';
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
}
