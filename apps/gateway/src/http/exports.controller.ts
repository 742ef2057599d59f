import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import type { ExportSubject } from '#libs/database';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ExportsService } from '../exports/exports.service.js';
import { IdentityService } from '../identity/identity.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const NDJSON = 'application/x-ndjson';
const LINES = { response: z.instanceof(StreamableFile), produces: NDJSON } as const;

const ExportMine = route({ method: 'GET', path: '/data/mine', summary: 'All that is held of the caller, a row a line: who they are, tokens without their secret, sessions, handoffs, messages, slots, what they said, pushed and read.', ...LINES });

const ExportOfUser = route({ method: 'GET', path: '/data/users/{user}', summary: 'The same of a person, but for slots, which nobody else can read. For owners and admins.', ...LINES });

const ExportOfProject = route({ method: 'GET', path: '/data/workspaces/{workspace}/projects/{project}', summary: 'All that is held of a project, a row a line. Histories of pages are in git. For its admins.', ...LINES });

const ExportOfOrganisation = route({ method: 'GET', path: '/data/organisation', summary: 'All that is held of the organisation, a row a line; of slots the caller\'s own. For owners and admins.', ...LINES });

/** Everything that is held of somebody, for them to take along. The last line is `{"end": {"rows": N}}`. */
@Controller()
export class ExportsController {
  constructor(private readonly exports: ExportsService, private readonly identity: IdentityService, private readonly projects: ProjectsService) {}

  @Requires('self')
  @Route(ExportMine)
  async exportMine(scope: TenantScope): Promise<RouteAnswer<typeof ExportMine>> {
    return this.answer(scope, { userId: userOf(scope)!.userId });
  }

  @Requires('admin:data')
  @Route(ExportOfUser)
  async exportUser(scope: TenantScope, { params }: RouteInput<typeof ExportOfUser>): Promise<RouteAnswer<typeof ExportOfUser>> {
    const { userId } = await this.identity.findPerson(scope, params.user);
    return this.answer(scope, { userId });
  }

  @Requires('admin:data')
  @Route(ExportOfProject)
  async exportProjectData(scope: TenantScope, { params }: RouteInput<typeof ExportOfProject>): Promise<RouteAnswer<typeof ExportOfProject>> {
    const { projectId } = await this.projects.findProject(scope, params.workspace, params.project);
    return this.answer(scope, { projectId });
  }

  @Requires('admin:data')
  @Route(ExportOfOrganisation)
  async exportOrganisation(scope: TenantScope): Promise<RouteAnswer<typeof ExportOfOrganisation>> {
    return this.answer(scope, 'organisation');
  }

  private answer(scope: TenantScope, of: ExportSubject): StreamableFile {
    const file = new StreamableFile(Readable.from(this.exports.lines(scope, of), { objectMode: false }), { type: NDJSON, disposition: 'attachment; filename="ai-memory-data.ndjson"' });
    // In the middle there is no way to say so but to break off.
    return file.setErrorHandler((_error, response) => response.destroy?.());
  }
}
