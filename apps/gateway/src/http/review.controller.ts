import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { DecideProposal, ListProposals, ProposalState, ReadProposal, ReviewMode, SetReviewMode } from '#libs/contracts';
import { type TenantScope, userOf } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { ProposalView, proposalView, Standing } from './proposal-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

/** A page with its frontmatter; wiki-git measures the bytes. */
const FILE_CHARS_MAX = 512 * 1_024;
const Mode = ReviewMode.describe('`approval`: all that agents and the compiler write, but the pages of sessions, waits for a person; `automatic`: only what binds every session does.');
const Decided = z.object({ scope: ScopeView, proposal: ProposalView, page_id: z.uuid().nullable().describe('The page as it is now; null where it is none.') });

const ListProjectProposals = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/review',
  summary: 'What waits for a person, newest first, or was decided on lately.',
  query: { state: ProposalState.default('open'), limit: wholeNumber(1, 200, 50) },
  response: z.object({ scope: ScopeView, mode: Mode, open: z.int(), proposals: z.array(ProposalView) }),
});

const SetProjectReview = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/projects/{project}/review',
  summary: 'Says what of the project waits for a person.',
  body: z.strictObject({ mode: Mode }),
  response: z.object({ scope: ScopeView, mode: Mode }),
});

const ReadProjectProposal = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/review/{proposal}',
  summary: 'One proposal, with its text and what that changes in the page as it is now.',
  response: z.object({
    scope: ScopeView, proposal: ProposalView, standing: Standing, text: z.string().nullable().describe('The whole file; null where the page would go.'), diff: z.string().describe('Unified.'), cut: z.boolean(),
  }),
});

const ApproveProposal = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/review/{proposal}/approve',
  summary: 'Does what was proposed, in the caller\'s name, who then stands for the page. Refused where it can not be brought together with the page.',
  body: z.strictObject({ text: z.string().max(FILE_CHARS_MAX).optional().describe('The whole file as the caller wants it, in place of what was proposed.') }).optional(),
  response: Decided,
});

const RejectProposal = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/review/{proposal}/reject',
  summary: 'Leaves the page as it is, and takes the proposal out of the queue.',
  response: Decided,
});

/** What waits for a person. */
@Controller()
export class ReviewController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectProposals)
  async listProposals(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectProposals>): Promise<RouteAnswer<typeof ListProjectProposals>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { mode, open, proposals } = await this.bus.ask(scope, ListProposals, { projectId: project.projectId, ...query });
    return { scope: scopeView(project), mode, open, proposals: proposals.map(proposalView) };
  }

  @Requires('admin:settings')
  @Route(SetProjectReview)
  async setReview(scope: TenantScope, { params, body }: RouteInput<typeof SetProjectReview>): Promise<RouteAnswer<typeof SetProjectReview>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { mode } = await this.bus.ask(scope, SetReviewMode, { projectId: project.projectId, mode: body.mode });
    return { scope: scopeView(project), mode };
  }

  @Requires('memory:read')
  @Route(ReadProjectProposal)
  async readProposal(scope: TenantScope, { params }: RouteInput<typeof ReadProjectProposal>): Promise<RouteAnswer<typeof ReadProjectProposal>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { proposal, text, diff, isCut, standing } = await this.bus.ask(scope, ReadProposal, { projectId: project.projectId, proposalId: params.proposal });
    return { scope: scopeView(project), proposal: proposalView(proposal), standing, text, diff, cut: isCut };
  }

  @Requires('pages:write')
  @Route(ApproveProposal)
  async approveProposal(scope: TenantScope, { params, body }: RouteInput<typeof ApproveProposal>): Promise<RouteAnswer<typeof ApproveProposal>> {
    return this.decide(scope, await this.projects.findProject(scope, params.workspace, params.project), params.proposal, 'approve', body?.text);
  }

  @Requires('pages:write')
  @Route(RejectProposal)
  async rejectProposal(scope: TenantScope, { params }: RouteInput<typeof RejectProposal>): Promise<RouteAnswer<typeof RejectProposal>> {
    return this.decide(scope, await this.projects.findProject(scope, params.workspace, params.project), params.proposal, 'reject');
  }

  private async decide(scope: TenantScope, project: ProjectRef, proposalId: string, decision: 'approve' | 'reject', text?: string): Promise<z.output<typeof Decided>> {
    const { name, email } = userOf(scope)!;
    const projectName = `${project.workspace}/${project.project}`;
    const { proposal, pageId } = await this.bus.ask(scope, DecideProposal, { projectId: project.projectId, projectName, proposalId, decision, author: { name, email }, text });
    return { scope: scopeView(project), proposal: proposalView(proposal), page_id: pageId };
  }
}
