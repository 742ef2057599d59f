import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { DiffPage, ReadHistory, ReadPage, RevertWrites, WritePages } from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { etagOf, IfMatch, pageIdOf } from './page-version.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { restored } from './restored-page.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Commit = z.string().regex(/^[0-9a-f]{40}$/, 'must be a commit of 40 hex digits');

const RevisionView = z.object({
  commit: z.string(),
  committed_at: z.iso.datetime(),
  author: z.string(),
  agent: z.string().nullable(),
  session_id: z.string().nullable(),
  message: z.string(),
  change: z.enum(['added', 'modified', 'deleted']),
  pushed_by: z.string().nullable().describe('Who brought it by git push; `author` is whom the commit names.'),
}).meta({ id: 'Revision' });

const ReadPageHistory = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/history/{*path}',
  summary: 'The commits that changed a page, newest first. `at` of the page reads it as of one of them.',
  query: { limit: wholeNumber(1, 200, 50) },
  response: z.object({ scope: ScopeView, path: z.string(), revisions: z.array(RevisionView) }),
});

const ReadPageDiff = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/diff/{*path}',
  summary: 'What changed in a page between two commits: in its last change, unless told.',
  query: { from: Commit.optional(), to: Commit.optional() },
  response: z.object({ scope: ScopeView, path: z.string(), from: z.string().nullable(), to: z.string(), diff: z.string().describe('Unified.'), cut: z.boolean() }),
});

const RestoreProjectPage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/restore/{*path}',
  summary: 'Writes a page as it was in a commit, also one that is deleted; without a commit, as it was last.',
  headers: { 'if-match': IfMatch },
  body: z.strictObject({ commit: Commit.optional() }),
  response: z.object({ scope: ScopeView, path: z.string(), page_id: z.uuid().nullable(), outcome: z.enum(['written', 'unchanged']), commit: z.string().nullable() }),
});

const RevertProjectWrites = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/revert',
  summary: 'Takes back everything that a session or a user wrote, keeping what others changed since.',
  body: z.strictObject({
    session_id: z.uuid().optional(),
    user_id: z.uuid().optional(),
    dry_run: z.boolean().default(false).describe('Only tells what would become of which page.'),
  }).refine(({ session_id: session, user_id: user }) => (session === undefined) !== (user === undefined), 'pass exactly one of session_id and user_id'),
  response: z.object({
    scope: ScopeView,
    commit: z.string().nullable(),
    pages: z.array(z.object({ path: z.string(), outcome: z.enum(['reverted', 'deleted', 'conflict']) })),
    has_more: z.boolean().describe('Call again for the next pages.'),
  }),
});

/** What a project's pages were, and making it so again. */
@Controller()
export class HistoryController {
  constructor(private readonly projects: ProjectsService, private readonly identity: IdentityService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ReadPageHistory)
  async readPageHistory(scope: TenantScope, { params, query }: RouteInput<typeof ReadPageHistory>): Promise<RouteAnswer<typeof ReadPageHistory>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { revisions } = await this.bus.ask(scope, ReadHistory, { projectId: project.projectId, path: params.path, limit: query.limit });
    const views = revisions.map(({ committedAt, sessionId, pushedBy, ...same }) => ({ ...same, committed_at: committedAt, session_id: sessionId, pushed_by: pushedBy ?? null }));
    return { scope: scopeView(project), path: params.path, revisions: views };
  }

  @Requires('memory:read')
  @Route(ReadPageDiff)
  async readPageDiff(scope: TenantScope, { params, query }: RouteInput<typeof ReadPageDiff>): Promise<RouteAnswer<typeof ReadPageDiff>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { from, to, diff, isCut } = await this.bus.ask(scope, DiffPage, { projectId: project.projectId, path: params.path, ...query });
    return { scope: scopeView(project), path: params.path, from, to, diff, cut: isCut };
  }

  @Requires('pages:write')
  @Route(RestoreProjectPage)
  async restorePage(scope: TenantScope, { params, headers, body }: RouteInput<typeof RestoreProjectPage>, response: Response): Promise<RouteAnswer<typeof RestoreProjectPage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const at = body.commit ?? (await this.lastWith(scope, project.projectId, params.path));
    const { page } = await this.bus.ask(scope, ReadPage, { projectId: project.projectId, path: params.path, at });
    const { name, email } = userOf(scope)!;
    const { commit, pages: [written] } = await this.bus.ask(scope, WritePages, { ...restored(project, page, at, pageIdOf(headers['if-match'])), author: { name, email }, by: 'person' });
    if (written!.pageId) response.set('ETag', etagOf(written!.pageId));
    return { scope: scopeView(project), path: page.path, page_id: written!.pageId, outcome: written!.outcome === 'unchanged' ? 'unchanged' : 'written', commit };
  }

  /** The last commit that holds a page. */
  private async lastWith(scope: TenantScope, projectId: string, path: string): Promise<string> {
    const { revisions } = await this.bus.ask(scope, ReadHistory, { projectId, path, limit: 2 });
    const held = revisions.find(({ change }) => change !== 'deleted');
    if (!held) throw new Fault(NOT_FOUND, { sentence: 'There is no such page.' });
    return held.commit;
  }

  @Requires('pages:write')
  @Route(RevertProjectWrites)
  async revertWrites(scope: TenantScope, { params, body }: RouteInput<typeof RevertProjectWrites>): Promise<RouteAnswer<typeof RevertProjectWrites>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const writer = body.session_id ? { sessionId: body.session_id } : await this.identity.findPerson(scope, body.user_id!);
    const { name, email } = userOf(scope)!;
    const projectName = `${project.workspace}/${project.project}`;
    const { commit, pages, hasMore } = await this.bus.ask(scope, RevertWrites, { projectId: project.projectId, projectName, writer, isDryRun: body.dry_run, author: { name, email } });
    return { scope: scopeView(project), commit, pages, has_more: hasMore };
  }
}
