import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { BootstrapProject, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { BootstrapService } from './bootstrap.service.js';

@Controller()
export class BootstrapHandlers {
  constructor(private readonly bootstraps: BootstrapService) {}

  @Serves(BootstrapProject)
  bootstrap(scope: TenantScope, input: ParsedInputOf<typeof BootstrapProject>): Promise<OutputOf<typeof BootstrapProject>> {
    return this.bootstraps.bootstrap(scope, input);
  }
}
