import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { BootstrapProject, CaptureEvents, ImportPages, type InputOf, type OutputOf, ReceivePush, type RequestContract, SearchMemories, WritePages } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { LimitsService } from './limits.service.js';
import { StoredRoom } from './stored-room.service.js';

/** What makes an organisation keep more. */
const KEEPING: readonly RequestContract[] = [BootstrapProject, CaptureEvents, ImportPages, ReceivePush, WritePages];

/** The bus as the doors have it: what they ask on a caller's behalf counts against the caller's limits, whichever door it is. */
@Injectable()
export class LimitedBus {
  constructor(private readonly bus: Bus, private readonly limits: LimitsService, private readonly room: StoredRoom) {}

  /** As `Bus.ask`; throws a limit's fault before anything is asked. */
  async ask<C extends RequestContract>(scope: TenantScope, contract: C, input: InputOf<C>, timeoutMs = contract.timeoutMs): Promise<OutputOf<C>> {
    if (contract.subject === SearchMemories.subject) await this.limits.admit(scope, 'searches');
    if (KEEPING.some(({ subject }) => subject === contract.subject) && keepsMore(input as Partial<InputOf<typeof WritePages>>)) await this.room.require(scope);
    return this.bus.ask(scope, contract, input, timeoutMs);
  }
}

/** Taking pages away is always allowed. */
function keepsMore({ pages, deletes }: Partial<InputOf<typeof WritePages>>): boolean {
  return pages?.length !== 0 || (deletes?.length ?? 0) === 0;
}
