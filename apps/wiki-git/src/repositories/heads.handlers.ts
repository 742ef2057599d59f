import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { type OutputOf, type ParsedInputOf, SettleHead } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { HeadsRepository } from './heads.repository.js';

@Controller()
export class HeadsHandlers {
  constructor(private readonly db: TenantDb, private readonly heads: HeadsRepository) {}

  @Serves(SettleHead)
  async settle(scope: TenantScope, input: ParsedInputOf<typeof SettleHead>): Promise<OutputOf<typeof SettleHead>> {
    await this.db.run(scope, (tx) => this.heads.settle(tx, input.projectId, input.revision));
    return {};
  }
}
