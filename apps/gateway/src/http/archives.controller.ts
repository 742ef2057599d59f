import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ContinueFetch, ExportPages, GIT_CHUNK_BYTES_MAX, ImportPages, type OutputOf, PUSH_BYTES_MAX, StagePush } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { requireWriter } from '../identity/require-writer.js';
import { ProjectsService } from '../projects/projects.service.js';
import { inPieces } from './body-pieces.js';
import { BODY_TOO_LARGE, BODY_UNREADABLE, MEDIA_TYPE_WRONG } from './http.faults.js';
import { ScopeView, scopeView } from './project-view.js';
import { flag } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const GZIP = 'application/gzip';

const ExportProject = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/export',
  summary: 'All pages as they are now, as Markdown files in a tar file compressed with gzip. The same commit gives the same bytes.',
  response: z.instanceof(StreamableFile),
  produces: GZIP,
});

const ImportProject = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/import',
  summary: 'Takes in the pages of such a file in one commit, by the rules of a push; what else the project has stays.',
  query: {
    dry_run: flag().describe('Only tells what would become of it.'),
    partial: flag().describe('Takes in what is not refused. Else nothing changes where one file is refused.'),
  },
  consumes: GZIP,
  response: z.object({
    scope: ScopeView,
    outcome: z.enum(['imported', 'unchanged', 'refused', 'dry_run']),
    commit: z.string().nullable(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.array(z.object({ path: z.string(), reason: z.string() })).describe('The first 200.'),
    refused_count: z.int(),
  }),
});

/** A project's wiki in one file. */
@Controller()
export class ArchivesController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ExportProject)
  async exportProject(scope: TenantScope, { params }: RouteInput<typeof ExportProject>): Promise<RouteAnswer<typeof ExportProject>> {
    const { projectId, workspace, project } = await this.projects.findProject(scope, params.workspace, params.project);
    // Asked for before the answer begins, so that what fails at once fails as a problem.
    const first = await this.bus.ask(scope, ExportPages, { projectId });
    const file = new StreamableFile(Readable.from(this.pieces(scope, projectId, first)), { type: GZIP, disposition: `attachment; filename="${workspace}-${project}.tar.gz"` });
    // In the middle there is no way to say so but to break off.
    return file.setErrorHandler((_error, response) => response.destroy?.());
  }

  @Requires('pages:write')
  @Route(ImportProject)
  async importProject(scope: TenantScope, { params, query }: RouteInput<typeof ImportProject>, response: Response): Promise<RouteAnswer<typeof ImportProject>> {
    const found = await this.projects.findProject(scope, params.workspace, params.project);
    const { projectId, workspace, project } = found;
    requireWriter(scope);
    const transferId = await this.stage(scope, projectId, response.req);
    const { name, email } = userOf(scope)!;
    const flags = { isPartial: query.partial, isDryRun: query.dry_run };
    const { refusedCount, ...taken } = await this.bus.ask(scope, ImportPages, { projectId, projectName: `${workspace}/${project}`, transferId, ...flags, author: { name, email } });
    const isRefused = refusedCount > 0 && !query.partial;
    const outcome = query.dry_run ? 'dry_run' : isRefused ? 'refused' : taken.commit ? 'imported' : 'unchanged';
    return { scope: scopeView(found), outcome, ...taken, refused_count: refusedCount };
  }

  private async stage(scope: TenantScope, projectId: string, request: Request): Promise<string> {
    if (request.headers['content-type'] !== GZIP) throw new Fault(MEDIA_TYPE_WRONG, { sentence: `Send a tar file compressed with gzip, as ${GZIP}.` });
    const transferId = randomUUID();
    let offset = 0;
    for await (const piece of inPieces(request, GIT_CHUNK_BYTES_MAX)) {
      if (offset + piece.length > PUSH_BYTES_MAX) throw new Fault(BODY_TOO_LARGE, { sentence: `An archive may have ${PUSH_BYTES_MAX / 1_048_576} MiB.` });
      await this.bus.ask(scope, StagePush, { projectId, transferId, offset, data: piece.toString('base64') });
      offset += piece.length;
    }
    if (offset === 0) throw new Fault(BODY_UNREADABLE, { sentence: 'The body is empty.' });
    return transferId;
  }

  private async *pieces(scope: TenantScope, projectId: string, first: OutputOf<typeof ExportPages>): AsyncGenerator<Buffer> {
    yield Buffer.from(first.data, 'base64');
    for (let isLast = first.transferId === null; !isLast;) {
      const next = await this.bus.ask(scope, ContinueFetch, { projectId, transferId: first.transferId! });
      yield Buffer.from(next.data, 'base64');
      isLast = next.isLast;
    }
  }
}
