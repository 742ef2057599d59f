import { Controller } from '@nestjs/common';
import { Hears } from '#libs/bus';
import { type PayloadOf, SessionEnded } from '#libs/contracts';
import { BackgroundTurns } from '#libs/runtime';
import type { TenantScope } from '#libs/tenancy';
import { CompileService } from './compile.service.js';

@Controller()
export class JobsHandlers {
  private readonly turns = new BackgroundTurns();

  constructor(private readonly compiles: CompileService) {}

  /** Whoever waits for a session, to go on with it, has it compiled at once and out of turn. */
  @Hears(SessionEnded, 'compiler')
  async onSessionEnded(scope: TenantScope, { projectId, sessionId, generation }: PayloadOf<typeof SessionEnded>): Promise<void> {
    await this.turns.run(() => this.compiles.compile(scope, projectId, sessionId, generation));
  }
}
