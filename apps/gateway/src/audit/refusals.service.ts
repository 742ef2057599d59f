import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Request } from 'express';
import { recordAudit } from '#libs/audit';
import { TenantDb } from '#libs/database';
import type { Fault } from '#libs/faults';
import { Sweeper } from '#libs/runtime';
import { counter, logger } from '#libs/telemetry';
import { type Origin, scopeFrom, scopeOfService, type TenantScope } from '#libs/tenancy';
import { TOKEN_INVALID } from '../auth/auth.faults.js';
import { DeniedToken } from '../auth/denied-token.js';
import { originOf } from '../auth/request-origin.js';
import type { Credential } from '../auth/token-cache.js';
import { routeOf } from '../http/tracing.middleware.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { RefusalCounts } from './refusal-counts.js';

const WRITE_EVERY_MS = 10_000;
const ORGANISATIONS_MAX = 1_000;
/** At most one entry more than this per organisation and ten seconds, however many refusals there are: some 40 MB a day. */
const KINDS_MAX = 9;
const refused = counter('access_refused_total');

interface Refusal {
  readonly scope: TenantScope;
  readonly action: 'signin.failed' | 'access.refused';
  readonly code: string;
  /** Of a kind: a route by the pattern that matched, not what was asked for; a tool; what was guessed. */
  readonly target: `${'route' | 'tool' | 'secret'}:${string}`;
}

/**
 * Records who was refused: sign-ins that failed, and what somebody may not. Each in a transaction of its own, ten seconds
 * later at most, like ones together with their count, so that guessing can't fill the disk. What a crash or a database that
 * is away keeps from being written is lost; the metric has it.
 */
@Injectable()
export class Refusals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly counts = new RefusalCounts<Refusal>(ORGANISATIONS_MAX, KINDS_MAX);
  private readonly sweeper = new Sweeper('audit-refusals', WRITE_EVERY_MS, () => this.write());

  constructor(private readonly db: TenantDb, private readonly bootstrap: BootstrapService) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.write().catch((error: unknown) => logger.warn({ err: error }, 'Refusals could not be recorded'));
  }

  /** Does nothing for faults that are not about who asks, nor for a token that nobody has: that is a guess. */
  note(fault: Fault, request: Request): void {
    if ((fault.kind !== 'unauthenticated' && fault.kind !== 'forbidden') || fault.code === TOKEN_INVALID.code) return;
    const credential = request.user as Credential | undefined;
    // Who sends nothing has not tried, and who names another host is stopped before anybody is asked.
    if (fault.kind === 'unauthenticated' ? request.headers.authorization === undefined : !credential) return;
    void this.scopeOf(fault, request, credential).then((scope) => this.add({
      scope, action: fault.kind === 'forbidden' ? 'access.refused' : 'signin.failed', code: fault.code, target: `route:${request.method} ${routeOf(request)}`,
    }), uncounted);
  }

  /** The same of a tool, whose answer is no HTTP error. */
  noteTool({ kind, code }: Fault, scope: TenantScope, tool: string): void {
    if (kind === 'forbidden') this.add({ scope, action: 'access.refused', code, target: `tool:${tool}` });
  }

  /** A secret that was wrong, or not even looked at, in the log of whom it is about, else of the first organisation. */
  async noteGuess(organisationId: string | undefined, origin: Origin, kind: string, code: 'wrong' | 'refused'): Promise<void> {
    const whose = organisationId === undefined ? this.bootstrap.ownerScope() : Promise.resolve({ organisationId });
    await whose.then((scope) => this.add({ scope: scopeFrom(scopeOfService(scope.organisationId, 'gateway'), origin), action: 'signin.failed', code, target: `secret:${kind}` }), uncounted);
  }

  async write(): Promise<void> {
    for (const counted of this.counts.take()) {
      await this.db.run(counted[0]!.first.scope, async (tx) => {
        for (const { first: { scope, action, code, target }, count, isMixed } of counted) {
          await recordAudit(tx, scope, { action, target: isMixed ? 'several:others' : target, result: 'refused', count, after: { code } });
        }
      });
    }
  }

  private async scopeOf(fault: Fault, request: Request, credential: Credential | undefined): Promise<TenantScope> {
    if (credential) return credential.scope;
    if (fault instanceof DeniedToken) return scopeFrom(fault.scope, originOf(request, fault.tokenId));
    const { organisationId } = await this.bootstrap.ownerScope();
    return scopeFrom(scopeOfService(organisationId, 'gateway'), originOf(request, null));
  }

  private add(refusal: Refusal): void {
    const { scope: { organisationId, actor, origin }, action, code, target } = refusal;
    refused.add(1, { action, code });
    const who = actor.type === 'user' ? actor.userId : actor.service;
    this.counts.add(organisationId, [action, code, who, origin?.address, target].join(' '), refusal);
  }
}

function uncounted(error: unknown): void {
  logger.warn({ err: error }, 'A refusal could not be counted');
}
