import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { PAGE_BYTES_MAX, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { BODY_TOO_LARGE } from './http.faults.js';
import { PageMetadata, PageSuccession } from './page-frontmatter.js';
import { etagOf, IfAbsent, IfMatch, pageIdOf } from './page-version.js';
import { ScopeView, scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

export const Written = z.object({
  scope: ScopeView,
  path: z.string(),
  page_id: z.uuid().nullable().describe('The new version; null once deleted.'),
  outcome: z.enum(['written', 'merged', 'conflict', 'unchanged', 'deleted', 'absent']),
  conflict_path: z.string().optional().describe('Where the text is kept that could not be merged; the page is as it was.'),
  commit: z.string().nullable().describe('Null where nothing changed.'),
});

const WriteProjectPage = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}/pages/{*path}',
  summary: 'Writes a page: its body and all of its metadata. Secrets are redacted first.',
  headers: { 'if-match': IfMatch, 'if-none-match': IfAbsent },
  body: PageMetadata.extend({
    ...PageSuccession.shape,
    body: z.string().describe(`Markdown, at most ${PAGE_BYTES_MAX / 1_024} KiB.`),
    base_page_id: z.uuid().optional().describe('The version that this was made from: what others changed since is merged with it.'),
  }),
  response: Written,
  also: { 201: 'The page is new.' },
});

const DeleteProjectPage = route({
  method: 'DELETE',
  path: '/workspaces/{workspace}/projects/{project}/pages/{*path}',
  summary: 'Deletes a page; its history stays. Deleting what is not there is no error.',
  headers: { 'if-match': IfMatch },
  response: Written,
});

type Changes = Pick<z.input<(typeof WritePages)['input']>, 'pages' | 'deletes' | 'message'>;

/** Changing pages. */
@Controller()
export class PagesWriteController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('pages:write')
  @Route(WriteProjectPage)
  async writePage(scope: TenantScope, { params, headers, body: given }: RouteInput<typeof WriteProjectPage>, response: Response): Promise<RouteAnswer<typeof WriteProjectPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { body, base_page_id: basePageId, ...frontmatter } = fitToStore(given).value;
    if (Buffer.byteLength(body) > PAGE_BYTES_MAX) throw new Fault(BODY_TOO_LARGE, { sentence: `A page may have at most ${PAGE_BYTES_MAX / 1_024} KiB.` });
    const expectedPageId = pageIdOf(headers['if-match']);
    const isCreateOnly = headers['if-none-match'] === '*';
    const { answer, isNew } = await this.change(scope, project, { pages: [{ path: params.path, frontmatter, body, expectedPageId, isCreateOnly, basePageId }], message: `Write ${params.path}` });
    if (answer.page_id) response.set('ETag', etagOf(answer.page_id));
    response.status(isNew ? 201 : 200);
    return answer;
  }

  @Requires('pages:write')
  @Route(DeleteProjectPage)
  async deletePage(scope: TenantScope, { params, headers }: RouteInput<typeof DeleteProjectPage>): Promise<RouteAnswer<typeof DeleteProjectPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { answer } = await this.change(scope, project, { pages: [], deletes: [{ path: params.path, expectedPageId: pageIdOf(headers['if-match']) }], message: `Delete ${params.path}` });
    return answer;
  }

  private async change(scope: TenantScope, project: ProjectRef, changes: Changes): Promise<{ answer: z.output<typeof Written>; isNew: boolean }> {
    // A credential is always a user's.
    const { name, email } = userOf(scope)!;
    const projectName = `${project.workspace}/${project.project}`;
    const { commit, pages: [page] } = await this.bus.ask(scope, WritePages, { projectId: project.projectId, projectName, author: { name, email }, by: 'person', ...changes });
    const answer = { scope: scopeView(project), path: page!.path, page_id: page!.pageId, outcome: Written.shape.outcome.parse(page!.outcome), conflict_path: page!.conflictPath, commit };
    return { answer, isNew: page!.isNew ?? false };
  }
}
