import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { PRODUCT_VERSION } from '#libs/runtime';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { type DeadLetter, DeadLettersService } from '../system/dead-letters.service.js';
import { SystemStateService } from '../system/system-state.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const DeadLetterView = z.object({
  dead_letter_id: z.uuid(),
  organisation_id: z.uuid(),
  subject: z.string().describe('Of the event.'),
  listener: z.string().describe('The app that could not handle it.'),
  code: z.string().describe('Of the last fault.'),
  payload: z.record(z.string(), z.unknown()).describe('Ids and numbers, as the event had them.'),
  trace_id: z.string().nullable().describe('Under which traces and logs tell of it.'),
  burials: z.int().describe('How often it was given up, after twenty attempts each.'),
  first_buried_at: z.iso.datetime(),
  buried_at: z.iso.datetime(),
}).meta({ id: 'DeadLetter' });

const ReadSystem = route({
  method: 'GET',
  path: '/system',
  summary: 'How the installation is. For its operator.',
  response: z.object({
    version: z.string(),
    services: z.array(z.object({ name: z.string(), reachable: z.boolean(), milliseconds: z.int() })).describe('Apps that the gateway asks; any replica answers.'),
    outboxes: z.array(z.object({ app: z.string(), waiting: z.int().describe('Counted up to 100,000.'), oldest_seconds: z.number() })),
    index: z.object({ organisations_behind: z.int().describe('With pages that have not been in the index for ten seconds.') }),
    dead_letters: z.object({ total: z.int() }),
  }),
});

const ListDeadLetters = route({
  method: 'GET', path: '/system/dead-letters', summary: 'Events that were given up, the last first, at most 200. For the operator of the installation.', response: z.object({ dead_letters: z.array(DeadLetterView) }),
});
const RequeueDeadLetter = route({
  method: 'POST', path: '/system/dead-letters/{dead_letter}/requeue', summary: 'Announces it again. Where it fails at once it stays. For the operator of the installation.', response: z.object({ dead_letter: DeadLetterView }),
});
const RemoveDeadLetter = route({
  method: 'DELETE', path: '/system/dead-letters/{dead_letter}', summary: 'Lets it go: what it told of stays undone. For the operator of the installation.', response: z.object({ dead_letter: DeadLetterView }),
});

@Controller()
export class SystemController {
  constructor(private readonly state: SystemStateService, private readonly letters: DeadLettersService) {}

  @Requires('operator')
  @Route(ReadSystem)
  async readSystem(scope: TenantScope): Promise<RouteAnswer<typeof ReadSystem>> {
    const [services, outboxes, behind, total] = await Promise.all([this.state.services(scope), this.state.outboxes(), this.state.organisationsBehind(), this.state.deadLetters()]);
    return {
      version: PRODUCT_VERSION,
      services: services.map(({ name, isReachable, milliseconds }) => ({ name, reachable: isReachable, milliseconds })),
      outboxes: outboxes.map(({ app, waiting, oldestSeconds }) => ({ app, waiting, oldest_seconds: oldestSeconds })),
      index: { organisations_behind: behind },
      dead_letters: { total },
    };
  }

  @Requires('operator')
  @Route(ListDeadLetters)
  async listDeadLetters(scope: TenantScope): Promise<RouteAnswer<typeof ListDeadLetters>> {
    return { dead_letters: (await this.letters.list(scope)).map(deadLetterView) };
  }

  @Requires('operator')
  @Route(RequeueDeadLetter)
  async requeueDeadLetter(scope: TenantScope, { params }: RouteInput<typeof RequeueDeadLetter>): Promise<RouteAnswer<typeof RequeueDeadLetter>> {
    return { dead_letter: deadLetterView(await this.letters.requeue(scope, params.dead_letter)) };
  }

  @Requires('operator')
  @Route(RemoveDeadLetter)
  async removeDeadLetter(scope: TenantScope, { params }: RouteInput<typeof RemoveDeadLetter>): Promise<RouteAnswer<typeof RemoveDeadLetter>> {
    return { dead_letter: deadLetterView(await this.letters.remove(scope, params.dead_letter)) };
  }
}

function deadLetterView({ dead_letter_id, organisationId, subject, listener, code, payload, trace, burials, first_buried_at, buried_at }: DeadLetter): z.output<typeof DeadLetterView> {
  return {
    dead_letter_id, organisation_id: organisationId, subject, listener, code, payload: payload as Record<string, unknown>, trace_id: trace.traceparent?.split('-')[1] ?? null,
    burials, first_buried_at: first_buried_at.toISOString(), buried_at: buried_at.toISOString(),
  };
}
