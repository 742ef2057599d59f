import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { LintProject, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { LintService } from './lint.service.js';

@Controller()
export class LintHandlers {
  constructor(private readonly lints: LintService) {}

  @Serves(LintProject)
  lint(scope: TenantScope, input: ParsedInputOf<typeof LintProject>): Promise<OutputOf<typeof LintProject>> {
    return this.lints.lint(scope, input);
  }
}
