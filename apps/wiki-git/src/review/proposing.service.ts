import { Injectable } from '@nestjs/common';
import type { PageTrust, ParsedInputOf, ReviewMode, WritePages } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { isBinding, kindOf, parsePage } from '#libs/wiki-format';
import type { PreparedDelete, PreparedWrite } from '../pages/prepared-write.js';
import type { CurrentVersion } from '../pages/write-decision.js';
import { ProposalsRepository } from './proposals.repository.js';
import { needsPerson } from './review-rule.js';
import { PROPOSALS_OPEN_MAX, REVIEW_FULL } from './review.faults.js';

/** A write that has been decided, before anything of it is done. */
export interface DecidedChange {
  readonly input: ParsedInputOf<typeof WritePages>;
  readonly mode: ReviewMode;
  readonly writes: readonly PreparedWrite[];
  readonly deletes: readonly PreparedDelete[];
  readonly current: ReadonlyMap<string, CurrentVersion>;
  readonly trusts: ReadonlyMap<string, PageTrust>;
}

/** What of a change may be done at once; the rest waits, by path: as which proposal, or null where nobody will be asked. */
export interface DividedChange {
  readonly writes: readonly PreparedWrite[];
  readonly deletes: readonly PreparedDelete[];
  readonly waiting: ReadonlyMap<string, string | null>;
}

/** Puts aside what only a person may decide. */
@Injectable()
export class ProposingService {
  constructor(private readonly proposals: ProposalsRepository) {}

  mode(tx: TenantTx, projectId: string): Promise<ReviewMode> {
    return this.proposals.mode(tx, projectId);
  }

  /** Throws REVIEW_FULL for an agent, before anything is put aside; the compiler has nobody to tell, and goes without. */
  async divide(tx: TenantTx, change: DecidedChange): Promise<DividedChange> {
    const waits = (page: PreparedDelete & { content?: Buffer }): boolean => needsPerson(change.input.by, change.mode, { path: page.path, isBinding: bindsBeforeOrAfter(page, change.current) });
    const asked = [...change.writes, ...change.deletes].filter(waits);
    const waiting = asked.length > 0 ? await this.propose(tx, change, asked) : new Map<string, string | null>();
    return { writes: change.writes.filter(({ path }) => !waiting.has(path)), deletes: change.deletes.filter(({ path }) => !waiting.has(path)), waiting };
  }

  private async propose(tx: TenantTx, { input, current, trusts }: DecidedChange, asked: readonly (PreparedDelete & { content?: Buffer })[]): Promise<Map<string, string | null>> {
    const { projectId, by, author, message: reason } = input;
    const isFull = (await this.proposals.countOpen(tx, projectId)) + asked.length > PROPOSALS_OPEN_MAX;
    if (isFull && by === 'agent') throw new Fault(REVIEW_FULL);
    if (isFull) logger.warn({ projectId, pages: asked.length }, 'Pages of the compiler are left out, as too many proposals wait');
    const refused = by === 'agent' ? new Set<string>() : await this.proposals.refused(tx, projectId, asked.map(({ path }) => path));
    const waiting = new Map<string, string | null>();
    for (const { path, content } of asked) {
      const isDropped = isFull || refused.has(path);
      const proposal = { projectId, path, content: content?.toString() ?? null, base: current.get(path), trust: trusts.get(path) ?? 'agent', by, author, reason };
      waiting.set(path, isDropped ? null : await this.proposals.save(tx, proposal));
    }
    return waiting;
  }
}

function bindsBeforeOrAfter({ path, content }: PreparedDelete & { content?: Buffer }, current: ReadonlyMap<string, CurrentVersion>): boolean {
  return (current.get(path)?.isBinding ?? false) || isBindingText(path, content);
}

/** Whether a page of this text would bind; one that is to go only lies where it did. */
export function isBindingText(path: string, content: Buffer | undefined): boolean {
  const { frontmatter } = parsePage(content?.toString() ?? '');
  const kind = kindOf(path, frontmatter);
  return isBinding({ path, kind, isPinned: frontmatter.pinned === true });
}
