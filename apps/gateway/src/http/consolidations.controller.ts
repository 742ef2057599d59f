import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ConsolidateSession, ListConsolidations, ReadSpending } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { dollars, JobView, jobView, UsageView, usageView } from './consolidation-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ConsolidateOneSession = route({
  method: 'POST',
  path: '/sessions/{session}/consolidate',
  summary: 'Has an ended session consolidated by a language model, also where that was done before. Answers at once; the job says how far it is.',
  response: z.object({ job: JobView }),
});

const ListJobs = route({
  method: 'GET',
  path: '/consolidations',
  summary: 'Consolidations by a language model, the latest change first, with what each took.',
  query: { session: z.uuid().optional(), limit: wholeNumber(1, 200, 50) },
  response: z.object({ jobs: z.array(JobView) }),
});

const ReadMonths = route({
  method: 'GET',
  path: '/spending',
  summary: 'What language models took, by month (UTC), the newest first. For owners and admins.',
  query: { months: wholeNumber(1, 36, 12) },
  response: z.object({ months: z.array(UsageView.extend({ month: z.string(), reserved_usd: z.number().describe('What calls under way may still cost.'), reserved_tokens: z.int() })) }),
});

@Controller()
export class ConsolidationsController {
  constructor(private readonly bus: Bus) {}

  @Requires('memory:write')
  @Route(ConsolidateOneSession)
  async consolidateSession(scope: TenantScope, { params }: RouteInput<typeof ConsolidateOneSession>): Promise<RouteAnswer<typeof ConsolidateOneSession>> {
    return { job: jobView((await this.bus.ask(scope, ConsolidateSession, { sessionId: params.session })).job) };
  }

  @Requires('memory:read')
  @Route(ListJobs)
  async listConsolidations(scope: TenantScope, { query }: RouteInput<typeof ListJobs>): Promise<RouteAnswer<typeof ListJobs>> {
    const { jobs } = await this.bus.ask(scope, ListConsolidations, { sessionId: query.session, limit: query.limit });
    return { jobs: jobs.map(jobView) };
  }

  @Requires('admin:audit')
  @Route(ReadMonths)
  async readSpending(scope: TenantScope, { query }: RouteInput<typeof ReadMonths>): Promise<RouteAnswer<typeof ReadMonths>> {
    const { months } = await this.bus.ask(scope, ReadSpending, { months: query.months });
    return { months: months.map(({ month, reservedMicros, reservedTokens, ...usage }) => ({ month, ...usageView(usage), reserved_usd: dollars(reservedMicros), reserved_tokens: reservedTokens })) };
  }
}
