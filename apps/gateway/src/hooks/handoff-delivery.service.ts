import { Injectable } from '@nestjs/common';
import { agentName } from '#libs/agents';
import { Bus } from '#libs/bus';
import { ClaimBriefing, ClaimHandoff, type OutputOf } from '#libs/contracts';
import { counter, logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { type Briefing, briefingText, isEmptyBriefing } from '../briefing/briefing-text.js';
import { readBriefing } from '../briefing/read-briefing.js';
import { ProjectResolver } from '../projects/project-resolver.service.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { HookQuery } from './hook-query.js';
import { within } from './within.js';

const deliveries = counter('handoff_deliveries_total', 'Answers to GET /handoff, by outcome.');
/** A hook waits a second for everything, and what was claimed for one that no longer listens is lost. */
const BRIEFING_MS_MAX = 500;
const RECENT_PAGES = 10;
/** Claude Code and Codex put more than about 10,000 characters into a file, of which an agent sees the beginning. */
const DELIVERY_CHARS_MAX = 9_900;

export interface Delivery {
  markdown: string;
  /** `workspace/project`, or null where there is no such project. */
  scopeName: string | null;
}

type Claimed = OutputOf<typeof ClaimHandoff>;

/** What a session start is told. It must never stand in an agent's way: whatever fails, the answer is empty. */
@Injectable()
export class HandoffDelivery {
  constructor(private readonly bus: Bus, private readonly resolver: ProjectResolver) {}

  async deliver(scope: TenantScope, query: HookQuery): Promise<Delivery> {
    try {
      const project = await this.resolver.find(scope, query.hints);
      if (!project) return { markdown: '', scopeName: null };
      const [claimed, briefing] = await Promise.all([this.claim(scope, project, query), this.briefing(scope, project, query)]);
      deliveries.add(1, { outcome: claimed.status });
      const scopeName = `${project.workspace}/${project.project}`;
      return { markdown: [claimed.markdown, briefing && textOf(scopeName, briefing, claimed, query)].filter(Boolean).join('\n'), scopeName };
    } catch (error) {
      deliveries.add(1, { outcome: 'failed' });
      logger.error({ err: error }, 'A handoff could not be delivered');
      return { markdown: '', scopeName: null };
    }
  }

  private claim(scope: TenantScope, { projectId }: ProjectRef, query: HookQuery): Promise<Claimed> {
    return this.bus.ask(scope, ClaimHandoff, { projectId, cwd: query.hints.cwd ?? null, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId ?? null });
  }

  /** Undefined where none is wanted, there is nothing to tell, the session has been told, or it takes too long. Never throws. */
  private async briefing(scope: TenantScope, project: ProjectRef, query: HookQuery): Promise<Briefing | undefined> {
    const { briefingCharsMax: charsMax, sessionId } = query;
    if (charsMax === undefined) return undefined;
    try {
      const read = readBriefing((contract, input) => this.bus.ask(scope, contract, input), project, { recentMax: RECENT_PAGES, charsMax });
      const briefing = await within(BRIEFING_MS_MAX, read);
      if (!briefing || isEmptyBriefing(briefing)) return undefined;
      const { isFirst } = sessionId ? await this.bus.ask(scope, ClaimBriefing, { projectId: project.projectId, agent: agentName(query.agent, {}), nativeSessionId: sessionId.slice(0, 256) }) : { isFirst: true };
      return isFirst ? briefing : undefined;
    } catch (error) {
      logger.warn({ err: error }, 'A briefing could not be made');
      return undefined;
    }
  }
}

/** The handoff that the session is given with it is no longer open. */
function textOf(scopeName: string, briefing: Briefing, claimed: Claimed, { briefingCharsMax }: HookQuery): string {
  const handoffs = briefing.handoffs.filter(({ handoffId }) => handoffId !== claimed.handoff?.handoffId);
  const left = Math.max(DELIVERY_CHARS_MAX, briefingCharsMax!) - claimed.markdown.length;
  return briefingText(scopeName, { ...briefing, handoffs }, Math.min(briefingCharsMax!, left));
}
