import { Controller } from '@nestjs/common';
import { Hears } from '#libs/bus';
import { type PayloadOf, SessionEnded } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { CompileService } from './compile.service.js';

@Controller()
export class JobsHandlers {
  constructor(private readonly compiles: CompileService) {}

  @Hears(SessionEnded, 'compiler')
  async onSessionEnded(scope: TenantScope, { projectId, sessionId, generation }: PayloadOf<typeof SessionEnded>): Promise<void> {
    await this.compiles.compile(scope, projectId, sessionId, generation);
  }
}
