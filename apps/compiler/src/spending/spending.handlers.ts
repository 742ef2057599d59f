import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { type OutputOf, type ParsedInputOf, ReadSpending, TestModels } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { ModelTestsService } from './model-tests.service.js';
import { SpendingRepository } from './spending.repository.js';

@Controller()
export class SpendingHandlers {
  constructor(private readonly db: TenantDb, private readonly spending: SpendingRepository, private readonly tests: ModelTestsService) {}

  @Serves(ReadSpending)
  async read(scope: TenantScope, { months }: ParsedInputOf<typeof ReadSpending>): Promise<OutputOf<typeof ReadSpending>> {
    return { months: await this.db.run(scope, (tx) => this.spending.months(tx, months)) };
  }

  @Serves(TestModels)
  async test(scope: TenantScope, _input: ParsedInputOf<typeof TestModels>): Promise<OutputOf<typeof TestModels>> {
    return { results: await this.tests.test(scope) };
  }
}
