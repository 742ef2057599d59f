import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { FeedbackSignal, ListFeedback, type PageFeedback, ReadPage, WriteFeedback } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const FeedbackView = z.object({
  path: z.string(),
  page_id: z.uuid().describe('The version that was judged.'),
  counts: z.record(FeedbackSignal, z.int()),
  remarks: z.array(z.object({ signal: FeedbackSignal, reason: z.string(), by: z.string(), at: z.iso.datetime() })).describe('The latest five with a reason.'),
}).meta({ id: 'Feedback' });

const ListProjectFeedback = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/feedback',
  summary: 'What people said of pages, each version on its own, the last judged first.',
  query: { limit: wholeNumber(1, 100, 50) },
  response: z.object({ scope: ScopeView, pages: z.array(FeedbackView) }),
});

const GivePageFeedback = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/feedback/{*path}',
  summary: 'Says whether the page as it is now helped, is stale or wrong; replaces what the caller said of it before.',
  body: z.object({ signal: FeedbackSignal, reason: z.string().min(1).max(500).optional() }),
  response: z.object({ scope: ScopeView, feedback: FeedbackView }),
});

@Controller()
export class FeedbackController {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectFeedback)
  async listFeedback(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectFeedback>): Promise<RouteAnswer<typeof ListProjectFeedback>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { pages } = await this.bus.ask(scope, ListFeedback, { projectId: project.projectId, limit: query.limit });
    return { scope: scopeView(project), pages: pages.map(feedbackView) };
  }

  @Requires('memory:write')
  @Route(GivePageFeedback)
  async giveFeedback(scope: TenantScope, { params, body }: RouteInput<typeof GivePageFeedback>): Promise<RouteAnswer<typeof GivePageFeedback>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { projectId } = project;
    const { page: { path, pageId } } = await this.bus.ask(scope, ReadPage, { projectId, path: params.path });
    const { feedback } = await this.bus.ask(scope, WriteFeedback, { projectId, path, pageId, ...fitToStore(body).value });
    return { scope: scopeView(project), feedback: feedbackView(feedback) };
  }
}

function feedbackView({ path, pageId, counts, remarks }: PageFeedback): z.output<typeof FeedbackView> {
  return { path, page_id: pageId, counts, remarks };
}
