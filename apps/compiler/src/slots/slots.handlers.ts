import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { DeleteSlot, ListSlots, type OutputOf, type ParsedInputOf, WriteSlot } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { SlotsService } from './slots.service.js';

@Controller()
export class SlotsHandlers {
  constructor(private readonly slots: SlotsService) {}

  @Serves(ListSlots)
  async list(scope: TenantScope, { projectId }: ParsedInputOf<typeof ListSlots>): Promise<OutputOf<typeof ListSlots>> {
    return { slots: await this.slots.list(scope, projectId) };
  }

  @Serves(WriteSlot)
  async write(scope: TenantScope, input: ParsedInputOf<typeof WriteSlot>): Promise<OutputOf<typeof WriteSlot>> {
    return { slot: await this.slots.write(scope, input) };
  }

  @Serves(DeleteSlot)
  async delete(scope: TenantScope, input: ParsedInputOf<typeof DeleteSlot>): Promise<OutputOf<typeof DeleteSlot>> {
    return { slot: await this.slots.delete(scope, input) };
  }
}
