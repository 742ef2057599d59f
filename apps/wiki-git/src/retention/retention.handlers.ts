import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ListArchived, type OutputOf, type ParsedInputOf, ReadRetention, WriteRetention } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { RetentionService } from './retention.service.js';

@Controller()
export class RetentionHandlers {
  constructor(private readonly retention: RetentionService) {}

  @Serves(ReadRetention)
  read(scope: TenantScope, input: ParsedInputOf<typeof ReadRetention>): Promise<OutputOf<typeof ReadRetention>> {
    return this.retention.read(scope, input);
  }

  @Serves(WriteRetention)
  write(scope: TenantScope, input: ParsedInputOf<typeof WriteRetention>): Promise<OutputOf<typeof WriteRetention>> {
    return this.retention.write(scope, input);
  }

  @Serves(ListArchived)
  archived(scope: TenantScope, input: ParsedInputOf<typeof ListArchived>): Promise<OutputOf<typeof ListArchived>> {
    return this.retention.archived(scope, input);
  }
}
