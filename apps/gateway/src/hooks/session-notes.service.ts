import { Inject, Injectable } from '@nestjs/common';
import { agentName } from '#libs/agents';
import { Bus } from '#libs/bus';
import { ClaimBriefing, ListSlots } from '#libs/contracts';
import { logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { BRIEFING_CHARS, briefingText, isEmptyBriefing } from '../briefing/briefing-text.js';
import { personalText } from '../briefing/personal-part.js';
import { readBriefing } from '../briefing/read-briefing.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { HookQuery } from './hook-query.js';
import { within } from './within.js';

/** A hook waits a second for everything, and what was claimed for one that no longer listens is lost. */
const READ_MS_MAX = 500;
const RECENT_PAGES = 10;

/** What else the session is given: it is no longer open, and waits no longer. */
export interface GivenOut {
  handoffId: string | undefined;
  messageIds: readonly string[];
}

/** What a session is told that is not given out once. It says how much room it needs before that is claimed, and is put into words after. */
export interface SessionNotes {
  charsMin: number;
  text(given: GivenOut, charsMax: number): string;
}

/** The briefing of a project where a session wants one, else its user's own slots; once for each session. */
@Injectable()
export class SessionNotesService {
  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** Undefined where there is nothing to tell, the session has been told, or it takes too long. Never throws. */
  async read(scope: TenantScope, project: ProjectRef, query: HookQuery): Promise<SessionNotes | undefined> {
    try {
      const notes = await within(READ_MS_MAX, query.briefingCharsMax === undefined ? this.slots(scope, project, query) : this.briefing(scope, project, query.briefingCharsMax));
      return notes && (await this.isFirst(scope, project, query)) ? notes : undefined;
    } catch (error) {
      logger.warn({ err: error }, 'A briefing could not be made');
      return undefined;
    }
  }

  private async briefing(scope: TenantScope, project: ProjectRef, briefingCharsMax: number): Promise<SessionNotes | undefined> {
    const briefing = await readBriefing((contract, input) => this.bus.ask(scope, contract, input), project, { recentMax: RECENT_PAGES, charsMax: briefingCharsMax });
    if (isEmptyBriefing(briefing)) return undefined;
    const text = ({ handoffId, messageIds }: GivenOut, charsMax: number): string => {
      const handoffs = briefing.handoffs.filter((handoff) => handoff.handoffId !== handoffId);
      const messages = briefing.messages.filter(({ messageId }) => !messageIds.includes(messageId));
      return briefingText(`${project.workspace}/${project.project}`, { ...briefing, handoffs, messages }, Math.min(briefingCharsMax, charsMax));
    };
    return { charsMin: BRIEFING_CHARS.min, text };
  }

  private async slots(scope: TenantScope, { projectId }: ProjectRef, { mayTellSlots }: HookQuery): Promise<SessionNotes | undefined> {
    if (!mayTellSlots) return undefined;
    const { slots } = await this.bus.ask(scope, ListSlots, { projectId });
    const text = personalText(slots);
    return text === '' ? undefined : { charsMin: text.length, text: () => text };
  }

  private async isFirst(scope: TenantScope, { projectId }: ProjectRef, { agent, sessionId }: HookQuery): Promise<boolean> {
    if (!sessionId) return true;
    return (await this.bus.ask(scope, ClaimBriefing, { projectId, agent: agentName(agent, {}), nativeSessionId: sessionId.slice(0, 256) })).isFirst;
  }
}
