import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ReadModelSettings, ReadSpending } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { LimitChanges, Limits } from '../limits/limits.js';
import { LimitsService } from '../limits/limits.service.js';
import { OrganisationLimitsService } from '../limits/organisation-limits.service.js';
import { StoredRoom } from '../limits/stored-room.service.js';
import { UsageRepository } from '../usage/usage.repository.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const MICROS = 1_000_000;
const LimitsView = Limits.nullable().describe('Null: limits are off.');
const Amount = z.object({ rows: z.int(), bytes: z.int() });

const ReadUsage = route({
  method: 'GET',
  path: '/usage',
  summary: 'What the organisation used and keeps, against its limits. For owners and admins.',
  query: { days: wholeNumber(1, 400, 30) },
  response: z.object({
    limits: LimitsView,
    days: z.array(z.object({ day: z.string(), requests: z.int(), events: z.int(), searches: z.int(), refused: z.int().describe('Requests, events and searches over a limit.') })).describe('The last first, in UTC; days without use are left out.'),
    stored: z.object({ observations: Amount, pages: Amount }),
    models: z.object({
      month: z.string(), calls: z.int(), cost_usd: z.number(), tokens: z.int(), monthly_cap_usd: z.number().nullable(), monthly_cap_tokens: z.int(),
    }).describe('Language models, in the month that runs; by month: `/spending`.'),
  }),
});

const Changed = z.object({ limits: LimitsView, changes: LimitChanges.describe('What is other than the default.') }).meta({ id: 'OrganisationLimits' });

const ReadLimits = route({ method: 'GET', path: '/organisations/{organisation}/limits', summary: 'What an organisation may use. For the operator of the installation.', response: Changed });

const WriteLimits = route({
  method: 'PUT',
  path: '/organisations/{organisation}/limits',
  summary: 'Sets what an organisation may use other than the default; what is left out is as the default has it. For the operator of the installation.',
  body: LimitChanges,
  response: Changed,
});

@Controller()
export class UsageController {
  constructor(
    private readonly db: TenantDb, private readonly used: UsageRepository, private readonly limits: LimitsService, private readonly room: StoredRoom,
    private readonly organisations: OrganisationLimitsService, private readonly bus: Bus,
  ) {}

  @Requires('admin:audit')
  @Route(ReadUsage)
  async readUsage(scope: TenantScope, { query: { days } }: RouteInput<typeof ReadUsage>): Promise<RouteAnswer<typeof ReadUsage>> {
    const [limits, used, stored, models] = await Promise.all([this.limits.of(scope), this.db.run(scope, (tx) => this.used.days(tx, days)), this.room.stored(scope), this.models(scope)]);
    return { limits, days: used, stored, models };
  }

  @Requires('operator')
  @Route(ReadLimits)
  readLimits(scope: TenantScope, { params }: RouteInput<typeof ReadLimits>): Promise<RouteAnswer<typeof ReadLimits>> {
    return this.organisations.read(scope, params.organisation);
  }

  @Requires('operator')
  @Route(WriteLimits)
  writeLimits(scope: TenantScope, { params, body }: RouteInput<typeof WriteLimits>): Promise<RouteAnswer<typeof WriteLimits>> {
    return this.organisations.write(scope, params.organisation, body);
  }

  private async models(scope: TenantScope): Promise<RouteAnswer<typeof ReadUsage>['models']> {
    const [{ months: [last] }, { settings }] = await Promise.all([this.bus.ask(scope, ReadSpending, { months: 1 }), this.bus.ask(scopeOfService(scope.organisationId, 'gateway'), ReadModelSettings, {})]);
    const month = new Date().toISOString().slice(0, 7);
    const now = last?.month === month ? last : undefined;
    return {
      month, calls: now?.calls ?? 0, cost_usd: (now?.costMicros ?? 0) / MICROS, tokens: (now?.inputTokens ?? 0) + (now?.outputTokens ?? 0),
      monthly_cap_usd: settings.monthlyCapUsd, monthly_cap_tokens: settings.monthlyCapTokens,
    };
  }
}
