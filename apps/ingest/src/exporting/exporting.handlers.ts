import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ExportCaptured, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { exportPiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { EXPORTED_CAPTURE } from './exported-capture.js';

@Controller()
export class ExportingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(ExportCaptured)
  export(scope: TenantScope, { of, after }: ParsedInputOf<typeof ExportCaptured>): Promise<OutputOf<typeof ExportCaptured>> {
    return this.db.run(scope, (tx) => exportPiece(tx, EXPORTED_CAPTURE, of, after));
  }
}
