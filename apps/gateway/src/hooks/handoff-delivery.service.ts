import { Injectable } from '@nestjs/common';
import { agentName } from '#libs/agents';
import { Bus } from '#libs/bus';
import { ClaimHandoff } from '#libs/contracts';
import { counter, logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { ProjectResolver } from '../projects/project-resolver.service.js';
import type { HookQuery } from './hook-query.js';

const deliveries = counter('handoff_deliveries_total', 'Answers to GET /handoff, by outcome.');

export interface Delivery {
  markdown: string;
  /** `workspace/project`, or null where there is no such project. */
  scopeName: string | null;
}

/** What a session start is told. It must never stand in an agent's way: whatever fails, the answer is empty. */
@Injectable()
export class HandoffDelivery {
  constructor(private readonly bus: Bus, private readonly resolver: ProjectResolver) {}

  async deliver(scope: TenantScope, query: HookQuery): Promise<Delivery> {
    try {
      const project = await this.resolver.find(scope, query.hints);
      if (!project) return { markdown: '', scopeName: null };
      const { markdown, status } = await this.bus.ask(scope, ClaimHandoff, {
        projectId: project.projectId, cwd: query.hints.cwd ?? null, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId ?? null,
      });
      deliveries.add(1, { outcome: status });
      return { markdown, scopeName: `${project.workspace}/${project.project}` };
    } catch (error) {
      deliveries.add(1, { outcome: 'failed' });
      logger.error({ err: error }, 'A handoff could not be delivered');
      return { markdown: '', scopeName: null };
    }
  }
}
