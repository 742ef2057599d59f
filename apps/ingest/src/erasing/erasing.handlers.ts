import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseCaptured, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { erasePiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { CAPTURED_TABLES } from './captured-tables.js';

@Controller()
export class ErasingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(EraseCaptured)
  erase(scope: TenantScope, { projectId }: ParsedInputOf<typeof EraseCaptured>): Promise<OutputOf<typeof EraseCaptured>> {
    return erasePiece(this.db, scope, CAPTURED_TABLES, projectId);
  }
}
