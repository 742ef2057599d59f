import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { DeleteSlot, ListSlots, WriteSlot } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { etagOf } from './page-version.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { SlotAbsent, SlotBody, slotChange, SlotMatch, slotRemoval, SlotView, slotView } from './slot-view.js';

const ListProjectSlots = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/slots',
  summary: "The caller's own slots: those of the profile, then those of the project. Nobody else reads them.",
  response: z.object({ scope: ScopeView, slots: z.array(SlotView) }),
});

const WriteProjectSlot = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}/slots/{slot}',
  summary: "Writes a note that the caller's sessions in the project are always told. Secrets are redacted first.",
  headers: { 'if-match': SlotMatch, 'if-none-match': SlotAbsent },
  body: SlotBody,
  response: z.object({ scope: ScopeView, slot: SlotView }),
});

const DeleteProjectSlot = route({
  method: 'DELETE',
  path: '/workspaces/{workspace}/projects/{project}/slots/{slot}',
  summary: 'Deletes a slot of the caller for good, and answers with what it was.',
  headers: { 'if-match': SlotMatch },
  response: z.object({ scope: ScopeView, slot: SlotView }),
});

@Controller()
export class SlotsController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectSlots)
  async listSlots(scope: TenantScope, { params }: RouteInput<typeof ListProjectSlots>): Promise<RouteAnswer<typeof ListProjectSlots>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { slots } = await this.bus.ask(scope, ListSlots, { projectId: project.projectId });
    return { scope: scopeView(project), slots: slots.map(slotView) };
  }

  @Requires('memory:write')
  @Route(WriteProjectSlot)
  async writeSlot(scope: TenantScope, { params, headers, body }: RouteInput<typeof WriteProjectSlot>, response: Response): Promise<RouteAnswer<typeof WriteProjectSlot>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { slot } = await this.bus.ask(scope, WriteSlot, slotChange(project.projectId, params.slot, headers, body));
    response.set('ETag', etagOf(slot.slotId));
    return { scope: scopeView(project), slot: slotView(slot) };
  }

  @Requires('memory:write')
  @Route(DeleteProjectSlot)
  async deleteSlot(scope: TenantScope, { params, headers }: RouteInput<typeof DeleteProjectSlot>): Promise<RouteAnswer<typeof DeleteProjectSlot>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { slot } = await this.bus.ask(scope, DeleteSlot, slotRemoval(project.projectId, params.slot, headers));
    return { scope: scopeView(project), slot: slotView(slot) };
  }
}
