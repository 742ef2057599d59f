import { Injectable } from '@nestjs/common';
import type { BeginHandoff, ClaimHandoff, Handoff, ListHandoffs, OutputOf, ParsedInputOf } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { defineFault, Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, type UserActor, userOf } from '#libs/tenancy';
import { PurgesRepository } from '../purges/purges.repository.js';
import { renderHandoff, type TouchedFile } from '../rules/compile-session.js';
import { chooseHandoff } from './handoff-choice.js';
import { TouchedFilesRepository } from '../lint/touched-files.repository.js';
import { ReportDaysRepository } from '../reports/report-days.repository.js';
import { dayOf } from '../reports/utc-day.js';
import { HandoffsRepository, type NewHandoff } from './handoffs.repository.js';
import { type RefinedContent, refinedContent } from './refined-handoff.js';

const USER_NEEDED = defineFault('handoff.user-needed', 'forbidden', 'Handoffs belong to people; a service has none.');
/** Ends of one session that are this close are the same end, seen again with stragglers. */
const SAME_END_MS = 60_000;
/** What was left longer ago is history when it comes in, as by an import of past sessions, and nothing to go on with. */
const HISTORY_DAYS = 7;
const DAY_MS = 86_400_000;

type ClaimInput = ParsedInputOf<typeof ClaimHandoff>;

/** "Where you left off": made at a session's end or by an agent, claimed once. */
@Injectable()
export class HandoffsService {
  constructor(private readonly db: TenantDb, private readonly handoffs: HandoffsRepository, private readonly purges: PurgesRepository, private readonly reportDays: ReportDaysRepository, private readonly touchedFiles: TouchedFilesRepository) {}

  /** At most one of any number of concurrent claims gets the handoff. */
  async claim(scope: TenantScope, input: ClaimInput): Promise<OutputOf<typeof ClaimHandoff>> {
    const user = requireUser(scope);
    return this.db.run(scope, async (tx) => {
      await this.handoffs.serialise(tx, input.projectId, user.userId);
      const claimed = await this.take(tx, user, input);
      if (claimed) return { handoff: claimed, markdown: markdownOf(claimed, user), status: 'claimed' as const };
      const wasClaimed = await this.handoffs.wasClaimedRecently(tx, input.projectId, user.userId);
      return { handoff: null, markdown: '', status: wasClaimed ? ('consumed_by_hook' as const) : ('none_pending' as const) };
    });
  }

  async begin(scope: TenantScope, input: ParsedInputOf<typeof BeginHandoff>): Promise<Handoff> {
    const user = requireUser(scope);
    const { agent, ...content } = input;
    return this.db.run(scope, (tx) => this.handoffs.insert(tx, {
      ...content, origin: 'manual', fromAgent: agent, ownerId: user.userId, ownerName: user.name, sessionId: null, nativeSessionId: null, leftAt: new Date(),
    }));
  }

  async listOpen(scope: TenantScope, projectIds: readonly string[], limit: number): Promise<Handoff[]> {
    const { userId } = requireUser(scope);
    return this.db.read(scope, (tx) => this.handoffs.listOpen(tx, projectIds, userId, limit));
  }

  /** Takes down what a session touched, and that its day has something to tell. Keeps one open handoff per session end: stragglers rewrite it, a claimed one stays claimed, an overtaken or old one is born expired. */
  async leave(scope: TenantScope, handoff: NewHandoff & { sessionId: string }, touchedFiles: readonly TouchedFile[]): Promise<void> {
    await this.db.run(scope, async (tx) => {
      await this.handoffs.serialise(tx, handoff.projectId, handoff.ownerId);
      if (!(await this.purges.mayLeave(tx, handoff.sessionId))) return;
      await this.touchedFiles.replace(tx, handoff, touchedFiles);
      const isHistory = Date.now() - handoff.leftAt.getTime() > HISTORY_DAYS * DAY_MS;
      if (!isHistory) await this.reportDays.note(tx, handoff.projectId, dayOf(handoff.leftAt));
      const before = await this.handoffs.ofSession(tx, handoff.sessionId);
      if (before?.state === 'open') return this.handoffs.rewrite(tx, before.handoffId, handoff);
      if (before && handoff.leftAt.getTime() - before.leftAt.getTime() < SAME_END_MS) return;
      const isOvertaken = isHistory || (await this.handoffs.hasNewer(tx, handoff));
      if (!isOvertaken) await this.handoffs.expireOlder(tx, handoff);
      await this.handoffs.insert(tx, handoff, isOvertaken ? 'expired' : 'open');
    });
  }

  /** Puts what was understood later before what the rules say, as long as nobody has claimed the session's handoff. */
  async refine(scope: TenantScope, sessionId: string, refined: RefinedContent): Promise<void> {
    await this.db.run(scope, async (tx) => {
      const open = await this.handoffs.openOfSession(tx, sessionId);
      if (open) await this.handoffs.rewriteContent(tx, open.handoffId, refinedContent(open, refined));
    });
  }

  /** A session that came to nothing gives back the handoff it had claimed. */
  async giveBack(scope: TenantScope, ownerId: string, nativeSessionId: string): Promise<void> {
    await this.db.run(scope, (tx) => this.handoffs.reopenClaimedBy(tx, ownerId, nativeSessionId));
  }

  async list(scope: TenantScope, input: ParsedInputOf<typeof ListHandoffs>): Promise<OutputOf<typeof ListHandoffs>> {
    const { userId } = requireUser(scope);
    const found = await this.db.read(scope, (tx) => this.handoffs.list(tx, userId, { ...input, limit: input.limit + 1 }));
    const handoffs = found.slice(0, input.limit);
    return { handoffs, nextCursor: found.length > handoffs.length ? handoffs.at(-1)!.handoffId : null };
  }

  async cancel(scope: TenantScope, projectId: string, handoffId: string): Promise<Handoff> {
    const user = requireUser(scope);
    return this.db.run(scope, async (tx) => {
      const open = await this.handoffs.eligible(tx, projectId, { ownerId: user.userId, agent: '', nativeSessionId: null });
      const [cancelled] = open.some((each) => each.handoffId === handoffId) ? await this.handoffs.expire(tx, [handoffId]) : [];
      if (!cancelled) throw new Fault(NOT_FOUND, { sentence: 'There is no such open handoff.' });
      return cancelled;
    });
  }

  private async take(tx: TenantTx, user: UserActor, input: ClaimInput): Promise<Handoff | undefined> {
    const claimant = { ownerId: user.userId, agent: input.agent, nativeSessionId: input.nativeSessionId };
    const open = await this.handoffs.eligible(tx, input.projectId, claimant);
    if (input.handoffId) {
      const wanted = open.find((each) => each.handoffId === input.handoffId);
      return wanted && this.handoffs.accept(tx, wanted.handoffId, claimant);
    }
    const { chosen, outdated } = chooseHandoff(open, input.cwd);
    if (!chosen) return undefined;
    const accepted = await this.handoffs.accept(tx, chosen.handoffId, claimant);
    // Somebody else took a shared one in between: what is left is looked at anew.
    if (!accepted) return this.take(tx, user, input);
    await this.handoffs.expire(tx, outdated.map((each) => each.handoffId));
    return accepted;
  }
}

/** The owner is named only where somebody else left the work. */
function markdownOf(handoff: Handoff, reader: UserActor): string {
  const fromUser = handoff.ownerId === reader.userId ? undefined : handoff.ownerName;
  return renderHandoff({ fromAgent: handoff.fromAgent, fromUser, endedAt: handoff.leftAt, sessionId: handoff.sessionId, trust: handoff.origin === 'manual' ? 'agent' : 'tool', content: handoff }, new Date());
}

function requireUser(scope: TenantScope): UserActor {
  const user = userOf(scope);
  if (!user) throw new Fault(USER_NEEDED);
  return user;
}
