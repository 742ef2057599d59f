import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { PAGE_BYTES_MAX, ReadPage, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { BODY_TOO_LARGE } from './http.faults.js';
import { PageMetadata } from './page-frontmatter.js';
import { etagOf } from './page-version.js';
import { Written } from './pages-write.controller.js';
import { scopeView } from './project-view.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const { title, tags, summary } = PageMetadata.shape;

const EditPage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/edit/{*path}',
  summary: 'Changes the text of a page, and what is given of title, tags and summary; all else of its metadata stays. What others changed since is merged with it.',
  body: z.strictObject({
    base_page_id: z.uuid().describe('The version that this was made from.'),
    body: z.string().describe(`Markdown, at most ${PAGE_BYTES_MAX / 1_024} KiB.`),
    title, tags, summary: summary.unwrap().nullable().optional().describe('Null takes it away.'),
  }),
  response: Written,
});

/** A person's change of a page that they read. */
@Controller()
export class EditsController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('pages:write')
  @Route(EditPage)
  async editPage(scope: TenantScope, { params, body: given }: RouteInput<typeof EditPage>, response: Response): Promise<RouteAnswer<typeof EditPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { base_page_id: basePageId, body, ...metadata } = fitToStore(given).value;
    if (Buffer.byteLength(body) > PAGE_BYTES_MAX) throw new Fault(BODY_TOO_LARGE, { sentence: `A page may have at most ${PAGE_BYTES_MAX / 1_024} KiB.` });
    const { page } = await this.bus.ask(scope, ReadPage, { projectId: project.projectId, path: params.path });
    const frontmatter = Object.fromEntries(Object.entries({ ...page.frontmatter, ...metadata }).filter(([, value]) => value !== null));
    // A credential is always a user's.
    const { name, email } = userOf(scope)!;
    const { commit, pages: [written] } = await this.bus.ask(scope, WritePages, {
      projectId: project.projectId, projectName: `${project.workspace}/${project.project}`, author: { name, email }, by: 'person', message: `Edit ${page.path}`, pages: [{ path: page.path, frontmatter, body, basePageId }],
    });
    if (written!.pageId) response.set('ETag', etagOf(written!.pageId));
    return { scope: scopeView(project), path: page.path, page_id: written!.pageId, outcome: Written.shape.outcome.parse(written!.outcome), conflict_path: written!.conflictPath, commit };
  }
}
