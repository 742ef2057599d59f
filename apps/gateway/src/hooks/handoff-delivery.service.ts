import { Injectable } from '@nestjs/common';
import { agentName } from '#libs/agents';
import { Bus } from '#libs/bus';
import { ClaimBriefing, ClaimHandoff, ClaimMessages, type OutputOf } from '#libs/contracts';
import { counter, logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { type Briefing, BRIEFING_CHARS, briefingText, isEmptyBriefing } from '../briefing/briefing-text.js';
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
/** What messages may have of it; the rest waits. */
const MESSAGES_CHARS_MAX = 4_000;
const MESSAGES_MAX = 16;

export interface Delivery {
  markdown: string;
  /** `workspace/project`, or null where there is no such project. */
  scopeName: string | null;
}

type Claimed = OutputOf<typeof ClaimHandoff>;
type Told = OutputOf<typeof ClaimMessages>;

/** What a session start is told. It must never stand in an agent's way: whatever fails, the answer is empty. */
@Injectable()
export class HandoffDelivery {
  constructor(private readonly bus: Bus, private readonly resolver: ProjectResolver) {}

  /** Of what is given out once, messages stay where they are once nobody listens any more. */
  async deliver(scope: TenantScope, query: HookQuery, isHeard: () => boolean): Promise<Delivery> {
    try {
      const project = await this.resolver.find(scope, query.hints);
      if (!project) return { markdown: '', scopeName: null };
      const [claimed, briefing] = await Promise.all([this.claim(scope, project, query), this.briefing(scope, project, query)]);
      const room = DELIVERY_CHARS_MAX - claimed.markdown.length - (briefing ? BRIEFING_CHARS.min : 0);
      const told = isHeard() ? await this.messages(scope, project, query, room) : undefined;
      deliveries.add(1, { outcome: claimed.status });
      const scopeName = `${project.workspace}/${project.project}`;
      return { markdown: [claimed.markdown, told?.markdown, briefing && textOf(scopeName, briefing, claimed, told, query)].filter(Boolean).join('\n'), scopeName };
    } catch (error) {
      deliveries.add(1, { outcome: 'failed' });
      logger.error({ err: error }, 'A handoff could not be delivered');
      return { markdown: '', scopeName: null };
    }
  }

  private claim(scope: TenantScope, { projectId }: ProjectRef, query: HookQuery): Promise<Claimed> {
    return this.bus.ask(scope, ClaimHandoff, { projectId, cwd: query.hints.cwd ?? null, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId ?? null });
  }

  /** Those that fit, undefined where they can not be had. Never throws. */
  private async messages(scope: TenantScope, { projectId }: ProjectRef, query: HookQuery, room: number): Promise<Told | undefined> {
    const charsMax = Math.max(0, Math.min(MESSAGES_CHARS_MAX, room));
    try {
      return await this.bus.ask(scope, ClaimMessages, { projectId, limit: MESSAGES_MAX, charsMax, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId?.slice(0, 256) ?? null });
    } catch (error) {
      logger.warn({ err: error }, 'Messages could not be delivered');
      return undefined;
    }
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

/** What the session is given with it is no longer open, and waits no longer. */
function textOf(scopeName: string, briefing: Briefing, claimed: Claimed, told: Told | undefined, { briefingCharsMax }: HookQuery): string {
  const handoffs = briefing.handoffs.filter(({ handoffId }) => handoffId !== claimed.handoff?.handoffId);
  const isTold = new Set(told?.messages.map(({ messageId }) => messageId));
  const messages = briefing.messages.filter(({ messageId }) => !isTold.has(messageId));
  const left = Math.max(DELIVERY_CHARS_MAX, briefingCharsMax!) - claimed.markdown.length - (told?.markdown.length ?? 0);
  return briefingText(scopeName, { ...briefing, handoffs, messages }, Math.min(briefingCharsMax!, left));
}
