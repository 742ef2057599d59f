import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import {
  CaptureEvents, CountCaptured, CountDays, CountStoredObservations, FinalizeSession, FindSession, ListLatest, ListSessions, type OutputOf, type ParsedInputOf, PullObservations, PullSessions, PullSeveralSessions, ReadObservations,
  ReadSession, ReadTimeline, SettleSession, SettleSeveralSessions,
} from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { CaptureService } from './capture.service.js';
import { toSession } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

@Controller()
export class SessionsHandlers {
  constructor(private readonly captures: CaptureService, private readonly sessions: SessionsService) {}

  @Serves(CaptureEvents)
  capture(scope: TenantScope, input: ParsedInputOf<typeof CaptureEvents>): Promise<OutputOf<typeof CaptureEvents>> {
    return this.captures.capture(scope, input);
  }

  @Serves(CountStoredObservations)
  stored(scope: TenantScope, _input: ParsedInputOf<typeof CountStoredObservations>): Promise<OutputOf<typeof CountStoredObservations>> {
    return this.sessions.stored(scope);
  }

  @Serves(FindSession)
  find(scope: TenantScope, input: ParsedInputOf<typeof FindSession>): Promise<OutputOf<typeof FindSession>> {
    return this.sessions.find(scope, input);
  }

  @Serves(ReadSession)
  async read(scope: TenantScope, input: ParsedInputOf<typeof ReadSession>): Promise<OutputOf<typeof ReadSession>> {
    return { session: await this.sessions.read(scope, input.sessionId) };
  }

  @Serves(ListSessions)
  list(scope: TenantScope, input: ParsedInputOf<typeof ListSessions>): Promise<OutputOf<typeof ListSessions>> {
    return this.sessions.list(scope, input);
  }

  @Serves(ListLatest)
  latest(scope: TenantScope, input: ParsedInputOf<typeof ListLatest>): Promise<OutputOf<typeof ListLatest>> {
    return this.sessions.latest(scope, input.projectIds, input.limit);
  }

  @Serves(ReadObservations)
  readObservations(scope: TenantScope, input: ParsedInputOf<typeof ReadObservations>): Promise<OutputOf<typeof ReadObservations>> {
    return this.sessions.readObservations(scope, input);
  }

  @Serves(PullObservations)
  pull(scope: TenantScope, input: ParsedInputOf<typeof PullObservations>): Promise<OutputOf<typeof PullObservations>> {
    return this.sessions.pull(scope, input);
  }

  @Serves(PullSeveralSessions)
  pullSeveral(scope: TenantScope, input: ParsedInputOf<typeof PullSeveralSessions>): Promise<OutputOf<typeof PullSeveralSessions>> {
    return this.sessions.pullSeveral(scope, input);
  }

  @Serves(PullSessions)
  pullSessions(scope: TenantScope, input: ParsedInputOf<typeof PullSessions>): Promise<OutputOf<typeof PullSessions>> {
    return this.sessions.pullSessions(scope, input);
  }

  @Serves(ReadTimeline)
  timeline(scope: TenantScope, input: ParsedInputOf<typeof ReadTimeline>): Promise<OutputOf<typeof ReadTimeline>> {
    return this.sessions.timeline(scope, input);
  }

  @Serves(FinalizeSession)
  async finalize(scope: TenantScope, input: ParsedInputOf<typeof FinalizeSession>): Promise<OutputOf<typeof FinalizeSession>> {
    const row = await this.captures.end(scope, input.sessionId, 'finalized');
    if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such session.' });
    return { session: toSession(row) };
  }

  @Serves(SettleSession)
  async settle(scope: TenantScope, input: ParsedInputOf<typeof SettleSession>): Promise<OutputOf<typeof SettleSession>> {
    await this.sessions.settle(scope, { by: input.by, sessions: [input] });
    return {};
  }

  @Serves(SettleSeveralSessions)
  async settleSeveral(scope: TenantScope, input: ParsedInputOf<typeof SettleSeveralSessions>): Promise<OutputOf<typeof SettleSeveralSessions>> {
    await this.sessions.settle(scope, input);
    return {};
  }

  @Serves(CountDays)
  countDays(scope: TenantScope, input: ParsedInputOf<typeof CountDays>): Promise<OutputOf<typeof CountDays>> {
    return this.sessions.countDays(scope, input.projectId, input.days);
  }

  @Serves(CountCaptured)
  count(scope: TenantScope, input: ParsedInputOf<typeof CountCaptured>): Promise<OutputOf<typeof CountCaptured>> {
    return this.sessions.count(scope, input.projectId);
  }
}
