import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { HoldRow } from '../erasures/holds.repository.js';
import { HoldsService } from '../erasures/holds.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Hold = z.object({
  hold_id: z.uuid(), project_id: z.uuid().nullable().describe('Null where it covers the organisation.'), reason: z.string(), placed_by: z.uuid(), placed_at: z.iso.datetime(),
  lifted_by: z.uuid().nullable(), lifted_at: z.iso.datetime().nullable(),
});
const HoldAnswer = z.object({ hold: Hold });

const ListHolds = route({ method: 'GET', path: '/holds', summary: 'Legal holds: those in force first, at most 200. For owners and admins.', response: z.object({ holds: z.array(Hold) }) });

const PlaceHold = route({
  method: 'POST',
  path: '/holds',
  summary: 'Places a legal hold on a project, or on the organisation: nothing that it covers can be erased or purged until it is lifted. For owners and admins.',
  body: z.strictObject({ reason: z.string().min(1).max(500), project: z.strictObject({ workspace: z.string().max(256), project: z.string().max(256) }).optional() }),
  response: HoldAnswer,
  status: 201,
});

const LiftHold = route({ method: 'DELETE', path: '/holds/{hold}', summary: 'Lifts a legal hold. It stays in the list. For owners and admins.', response: HoldAnswer });

@Controller()
export class HoldsController {
  constructor(private readonly projects: ProjectsService, private readonly holds: HoldsService) {}

  @Requires('admin:data')
  @Route(ListHolds)
  async listHolds(scope: TenantScope): Promise<RouteAnswer<typeof ListHolds>> {
    return { holds: (await this.holds.list(scope)).map(holdView) };
  }

  @Requires('admin:data')
  @Route(PlaceHold)
  async placeHold(scope: TenantScope, { body }: RouteInput<typeof PlaceHold>): Promise<RouteAnswer<typeof PlaceHold>> {
    const project = body.project && (await this.projects.findProject(scope, body.project.workspace, body.project.project));
    return { hold: holdView(await this.holds.place(scope, project?.projectId ?? null, body.reason)) };
  }

  @Requires('admin:data')
  @Route(LiftHold)
  async liftHold(scope: TenantScope, { params }: RouteInput<typeof LiftHold>): Promise<RouteAnswer<typeof LiftHold>> {
    return { hold: holdView(await this.holds.lift(scope, params.hold)) };
  }
}

function holdView(row: HoldRow): z.output<typeof Hold> {
  return { ...row, placed_at: row.placed_at.toISOString(), lifted_at: row.lifted_at?.toISOString() ?? null };
}
