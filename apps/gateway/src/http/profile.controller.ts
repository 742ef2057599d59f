import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { DeleteSlot, ListSlots, WriteSlot } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { etagOf } from './page-version.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { SlotAbsent, SlotBody, slotChange, SlotMatch, slotRemoval, SlotView, slotView } from './slot-view.js';

const ReadProfile = route({
  method: 'GET',
  path: '/profile',
  summary: 'How the caller works, as told to their sessions in every project. Nobody else reads it.',
  response: z.object({ slots: z.array(SlotView) }),
});

const WriteProfileSlot = route({
  method: 'PUT',
  path: '/profile/{slot}',
  summary: "Writes a note that the caller's sessions are told in every project. Secrets are redacted first.",
  headers: { 'if-match': SlotMatch, 'if-none-match': SlotAbsent },
  body: SlotBody,
  response: z.object({ slot: SlotView }),
});

const DeleteProfileSlot = route({
  method: 'DELETE',
  path: '/profile/{slot}',
  summary: 'Deletes a slot of the profile for good, and answers with what it was.',
  headers: { 'if-match': SlotMatch },
  response: z.object({ slot: SlotView }),
});

@Controller()
export class ProfileController {
  constructor(private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadProfile)
  async readProfile(scope: TenantScope): Promise<RouteAnswer<typeof ReadProfile>> {
    const { slots } = await this.bus.ask(scope, ListSlots, { projectId: null });
    return { slots: slots.map(slotView) };
  }

  @Requires('memory:write')
  @Route(WriteProfileSlot)
  async writeProfileSlot(scope: TenantScope, { params, headers, body }: RouteInput<typeof WriteProfileSlot>, response: Response): Promise<RouteAnswer<typeof WriteProfileSlot>> {
    const { slot } = await this.bus.ask(scope, WriteSlot, slotChange(null, params.slot, headers, body));
    response.set('ETag', etagOf(slot.slotId));
    return { slot: slotView(slot) };
  }

  @Requires('memory:write')
  @Route(DeleteProfileSlot)
  async deleteProfileSlot(scope: TenantScope, { params, headers }: RouteInput<typeof DeleteProfileSlot>): Promise<RouteAnswer<typeof DeleteProfileSlot>> {
    const { slot } = await this.bus.ask(scope, DeleteSlot, slotRemoval(null, params.slot, headers));
    return { slot: slotView(slot) };
  }
}
