import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ExportWiki, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { exportPiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { EXPORTED_WIKI } from './exported-wiki.js';

@Controller()
export class ExportingHandlers {
  constructor(private readonly db: TenantDb) {}

  @Serves(ExportWiki)
  export(scope: TenantScope, { of, after }: ParsedInputOf<typeof ExportWiki>): Promise<OutputOf<typeof ExportWiki>> {
    return this.db.run(scope, (tx) => exportPiece(tx, EXPORTED_WIKI, of, after));
  }
}
