import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ExportCompiled, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { exportPiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { EXPORTED_MEMORY } from './exported-memory.js';

@Controller()
export class ExportingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(ExportCompiled)
  export(scope: TenantScope, { of, after }: ParsedInputOf<typeof ExportCompiled>): Promise<OutputOf<typeof ExportCompiled>> {
    return this.db.run(scope, (tx) => exportPiece(tx, EXPORTED_MEMORY, of, after));
  }
}
