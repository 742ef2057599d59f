import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { ListSessions, ReadProject, ReadSession, type Session, SettleSession, WritePages } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, isOutage, UNAVAILABLE } from '#libs/faults';
import { logger, timer } from '#libs/telemetry';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { ConsolidationQueueService } from '../consolidation/consolidation-queue.service.js';
import { FindingsService } from '../findings/findings.service.js';
import { HandoffsService } from '../handoffs/handoffs.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { type CompiledSession, compileSession } from '../rules/compile-session.js';
import { type CompileJob, JobsRepository } from './jobs.repository.js';
import { readTimeline } from './read-timeline.js';
import { passOverRefused } from './refused-write.js';

/** How far back an asker's own sessions are looked through for one that is not compiled yet. */
const CATCH_UP_SESSIONS = 20;
const CATCH_UP_TIMEOUT_MS = 3_000;
/** Within it another worker finishes, or its job is free to be taken again later. */
const OTHER_WORKER_TIMEOUT_MS = 3_000;
const POLL_MS = 25;
const compileDuration = timer('session_compile_duration_seconds');

/** Compiles ended sessions: each generation once, by one worker at a time, again after a crash. */
@Injectable()
export class CompileService {
  constructor(
    private readonly bus: Bus,
    private readonly db: TenantDb,
    private readonly jobs: JobsRepository,
    private readonly handoffs: HandoffsService,
    private readonly messages: MessagesService,
    private readonly findings: FindingsService,
    private readonly consolidations: ConsolidationQueueService,
  ) {}

  /** Resolves when the session is compiled up to `generation`, or has failed for good. Throws to be called again later. */
  async compile(scope: TenantScope, projectId: string, sessionId: string, generation: number): Promise<void> {
    await this.db.run(scope, (tx) => this.jobs.want(tx, sessionId, projectId, generation));
    const job = await this.db.run(scope, (tx) => this.jobs.take(tx, sessionId));
    if (!job) return this.awaitOther(scope, sessionId, generation);
    try {
      const startedAt = performance.now();
      const done = await this.compileNow(scope, sessionId);
      compileDuration.record((performance.now() - startedAt) / 1_000);
      await this.db.run(scope, (tx) => this.jobs.finish(tx, sessionId, done));
      await this.bus.ask(scope, SettleSession, { sessionId, by: 'compiler', generation: done });
    } catch (error) {
      // A neighbour that is not there, or a webhook that has to decide and does not, for however long, is no fault of the session, which would be given up for it.
      await this.db.run(scope, (tx) => this.jobs.release(tx, sessionId, !isOutage(error)));
      throw error;
    }
  }

  /** Compiles what the caller's own sessions in a project have left, within three seconds; failures are the event's to retry. */
  async catchUp(scope: TenantScope, projectId: string): Promise<void> {
    const user = userOf(scope);
    if (!user) return;
    const deadline = Date.now() + CATCH_UP_TIMEOUT_MS;
    const { sessions } = await this.bus.ask(scopeOfService(scope.organisationId, 'compiler'), ListSessions, { projectId, state: 'ended', ownerId: user.userId, limit: CATCH_UP_SESSIONS });
    const compiled = await this.db.read(scope, (tx) => this.jobs.compiledGenerations(tx, sessions.map((each) => each.sessionId)));
    for (const session of sessions.filter((each) => (compiled.get(each.sessionId) ?? 0) < each.generation)) {
      if (Date.now() > deadline) return;
      await this.compile(scopeOfService(scope.organisationId, 'compiler'), projectId, session.sessionId, session.generation)
        .catch((error: unknown) => logger.warn({ err: error, sessionId: session.sessionId }, 'A session could not be compiled for a claim'));
    }
  }

  /** Another worker is at the session, or was and has died; or the session has failed for good, and must not be announced for ever. */
  private async awaitOther(scope: TenantScope, sessionId: string, generation: number): Promise<void> {
    const deadline = Date.now() + OTHER_WORKER_TIMEOUT_MS;
    for (let job = await this.find(scope, sessionId); job; job = await this.find(scope, sessionId)) {
      if (job.compiled_generation >= generation || job.isExhausted) return this.settle(scope, job);
      if (Date.now() > deadline) throw new Fault(UNAVAILABLE, { detail: `session ${sessionId} is being compiled by another worker` });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private find(scope: TenantScope, sessionId: string): ReturnType<JobsRepository['find']> {
    return this.db.read(scope, (tx) => this.jobs.find(tx, sessionId));
  }

  private async settle(scope: TenantScope, job: CompileJob): Promise<void> {
    const isFailed = job.compiled_generation < job.wanted_generation && job.isExhausted;
    if (isFailed) logger.error({ sessionId: job.session_id, generation: job.wanted_generation }, 'A session can not be compiled and is left alone');
    await this.bus.ask(scope, SettleSession, { sessionId: job.session_id, by: 'compiler', generation: isFailed ? job.wanted_generation : job.compiled_generation });
  }

  private async compileNow(scope: TenantScope, sessionId: string): Promise<number> {
    const { session } = await this.bus.ask(scope, ReadSession, { sessionId });
    const { workspace, project } = await this.bus.ask(scope, ReadProject, { projectId: session.projectId });
    const compiled = await compileSession({ session: { ...session, workspace, project }, observations: readTimeline(this.bus, scope, session) });
    if (compiled.kind === 'ephemeral') {
      await this.handoffs.giveBack(scope, session.ownerId, session.nativeSessionId);
      await this.messages.giveBack(scope, session.ownerId, session.nativeSessionId);
      return session.generation;
    }
    await this.leaveHandoff(scope, session, compiled);
    await this.writePage(scope, session, compiled, `${workspace}/${project}`);
    await this.findings.write(scope, session, compiled.findings, `${workspace}/${project}`);
    await this.consolidations.afterCompile(scope, session);
    return session.generation;
  }

  private async leaveHandoff(scope: TenantScope, session: Session, { handoff, touchedFiles }: CompiledSession): Promise<void> {
    await this.handoffs.leave(scope, {
      projectId: session.projectId, sessionId: session.sessionId, nativeSessionId: session.nativeSessionId, origin: 'automatic', fromAgent: session.agent,
      ownerId: session.ownerId, ownerName: session.ownerName, isShared: false, cwd: session.cwd, leftAt: new Date(session.endedAt ?? session.lastEventAt),
      summary: handoff.summary, openQuestions: handoff.openQuestions, nextSteps: handoff.nextSteps, filesTouched: handoff.filesTouched,
    }, touchedFiles);
  }

  private async writePage(scope: TenantScope, session: Session, { page, title }: CompiledSession, projectName: string): Promise<void> {
    await this.bus.ask(scope, WritePages, {
      projectId: session.projectId, projectName, pages: [{ ...page, isRegenerated: true }], message: `session ${session.sessionId.slice(0, 8)}: ${title}`,
      author: { name: session.ownerName, email: `${session.ownerId}@users.ai-memory`, agent: session.agent, sessionId: session.sessionId }, by: 'rules',
    }).catch(passOverRefused);
  }
}
