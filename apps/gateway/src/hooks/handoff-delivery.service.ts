import { Injectable } from '@nestjs/common';
import { agentName } from '#libs/agents';
import { Bus } from '#libs/bus';
import { ClaimHandoff, ClaimMessages, type OutputOf } from '#libs/contracts';
import { counter, logger } from '#libs/telemetry';
import { decide, mayChange, type TenantScope } from '#libs/tenancy';
import { ProjectResolver } from '../projects/project-resolver.service.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { HookQuery } from './hook-query.js';
import { SessionNotesService } from './session-notes.service.js';

const deliveries = counter('handoff_deliveries_total');
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
  constructor(private readonly bus: Bus, private readonly resolver: ProjectResolver, private readonly notes: SessionNotesService) {}

  /** Of what is given out once, messages stay where they are once nobody listens any more. */
  async deliver(scope: TenantScope, query: HookQuery, isHeard: () => boolean): Promise<Delivery> {
    try {
      const project = await this.resolver.find(scope, query.hints);
      if (!project) return { markdown: '', scopeName: null };
      const [claimed, notes] = await Promise.all([this.claim(scope, project, query), this.notes.read(scope, project, query)]);
      const room = DELIVERY_CHARS_MAX - claimed.markdown.length - (notes?.charsMin ?? 0);
      const told = isHeard() ? await this.messages(scope, project, query, room) : undefined;
      deliveries.add(1, { outcome: claimed.status });
      const given = { handoffId: claimed.handoff?.handoffId, messageIds: told?.messages.map(({ messageId }) => messageId) ?? [] };
      const left = Math.max(DELIVERY_CHARS_MAX, query.briefingCharsMax ?? 0) - claimed.markdown.length - (told?.markdown.length ?? 0);
      const markdown = [claimed.markdown, told?.markdown, notes?.text(given, left)].filter(Boolean).join('\n');
      return { markdown, scopeName: `${project.workspace}/${project.project}` };
    } catch (error) {
      deliveries.add(1, { outcome: 'failed' });
      logger.error({ err: error }, 'A handoff could not be delivered');
      return { markdown: '', scopeName: null };
    }
  }

  /** Nothing for who may only read: what is claimed is taken from the others. */
  private async claim(scope: TenantScope, { projectId }: ProjectRef, query: HookQuery): Promise<Claimed> {
    if (!mayClaim(scope, projectId)) return { status: 'none_pending', handoff: null, markdown: '' };
    return this.bus.ask(scope, ClaimHandoff, { projectId, cwd: query.hints.cwd ?? null, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId ?? null });
  }

  /** Those that fit, undefined where they can not be had. Never throws. */
  private async messages(scope: TenantScope, { projectId }: ProjectRef, query: HookQuery, room: number): Promise<Told | undefined> {
    if (!mayClaim(scope, projectId)) return undefined;
    const charsMax = Math.max(0, Math.min(MESSAGES_CHARS_MAX, room));
    try {
      return await this.bus.ask(scope, ClaimMessages, { projectId, limit: MESSAGES_MAX, charsMax, agent: agentName(query.agent, {}), nativeSessionId: query.sessionId?.slice(0, 256) ?? null });
    } catch (error) {
      logger.warn({ err: error }, 'Messages could not be delivered');
      return undefined;
    }
  }
}

function mayClaim(scope: TenantScope, projectId: string): boolean {
  return mayChange(scope) && decide(scope, 'memory:write', projectId).outcome === 'allowed';
}
