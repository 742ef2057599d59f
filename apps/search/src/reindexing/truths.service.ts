import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { CountPages, type OutputOf, PullSessions } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';

type PulledSession = OutputOf<typeof PullSessions>['sessions'][number];

/** What there is of a project to be indexed: asked of the apps that own it. */
@Injectable()
export class TruthsService {
  constructor(private readonly bus: Bus) {}

  /** Every session that there is when it begins. Those that come while it goes on may be among them. */
  async *sessions(scope: TenantScope, projectId: string): AsyncGenerator<PulledSession> {
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const { sessions, nextSessionId }: OutputOf<typeof PullSessions> = await this.bus.ask(scope, PullSessions, { projectId, afterSessionId: after });
      yield* sessions;
      after = nextSessionId;
    }
  }

  /** Pages and observations. */
  async count(scope: TenantScope, projectId: string): Promise<number> {
    let { pages: documents } = await this.bus.ask(scope, CountPages, { projectId });
    for await (const { generation } of this.sessions(scope, projectId)) documents += generation;
    return documents;
  }
}
